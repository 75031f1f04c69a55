import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PaymentMethod } from './payment-method.js';
import type { PaymentState } from './payment.js';

/** One for each order. */
@Entity('payment')
export class PaymentEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'order_id', length: 36 })
  orderId!: string;

  @Column('varchar', { length: 20 })
  method!: PaymentMethod;

  @Column('varchar', { length: 20 })
  state!: PaymentState;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column({ ...integerColumn, name: 'amount_minor' })
  amountMinor!: number;

  @Column({ ...integerColumn, name: 'waived_minor', default: 0 })
  waivedMinor!: number;

  @Column({ ...integerColumn, name: 'authorised_minor' })
  authorisedMinor!: number;

  @Column({ ...integerColumn, name: 'capture_pending_minor' })
  capturePendingMinor!: number;

  @Column({ ...integerColumn, name: 'captured_minor' })
  capturedMinor!: number;

  @Column({ ...integerColumn, name: 'refund_pending_minor' })
  refundPendingMinor!: number;

  @Column({ ...integerColumn, name: 'refunded_minor' })
  refundedMinor!: number;

  @Column('varchar', { name: 'provider_reference', length: 255, nullable: true })
  providerReference!: string | null;

  @Column('varchar', { name: 'failure_code', length: 100, nullable: true })
  failureCode!: string | null;

  @Column({ ...integerColumn })
  version!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
