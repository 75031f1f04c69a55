import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { RefundState } from './refund.js';

@Entity('refund')
export class RefundEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  paymentId!: string;

  @Column('varchar', { length: 20 })
  state!: RefundState;

  @Column(integerColumn)
  amountMinor!: number;

  @Column('text')
  partsJson!: string;

  @Column('nvarchar', { length: 500, nullable: true })
  reason!: string | null;

  @Column('nvarchar', { length: 200, nullable: true })
  requestedBy!: string | null;

  @Column('varchar', { length: 255, nullable: true })
  providerReference!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  failureCode!: string | null;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
