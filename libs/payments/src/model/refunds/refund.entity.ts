import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { RefundState } from './refund.js';

@Entity('refund')
export class RefundEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'payment_id', length: 36 })
  paymentId!: string;

  @Column('varchar', { length: 20 })
  state!: RefundState;

  @Column({ ...integerColumn, name: 'amount_minor' })
  amountMinor!: number;

  @Column('text', { name: 'parts_json' })
  partsJson!: string;

  @Column('nvarchar', { length: 500, nullable: true })
  reason!: string | null;

  @Column('nvarchar', { name: 'requested_by', length: 200, nullable: true })
  requestedBy!: string | null;

  @Column('varchar', { name: 'provider_reference', length: 255, nullable: true })
  providerReference!: string | null;

  @Column('varchar', { name: 'failure_code', length: 100, nullable: true })
  failureCode!: string | null;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
