import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PaymentMethod } from './payment-method.js';
import type { PaymentState } from './payment.js';

/** One for each order, and one for each balance that an edit left. */
@Entity('payment')
export class PaymentEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  /** The order that was placed with it; of a balance its own id: a release without balances counts on one row for an order. */
  @Column('varchar', { length: 36 })
  orderId!: string;

  /** The order whose balance it is; null: the order was placed with it. */
  @Column('varchar', { length: 36, nullable: true })
  balanceOf!: string | null;

  /** What an edit added, of a balance. */
  @Column('text', { nullable: true })
  addedJson!: string | null;

  @Column('varchar', { length: 20 })
  method!: PaymentMethod;

  @Column('varchar', { length: 20 })
  state!: PaymentState;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column(integerColumn)
  amountMinor!: number;

  @Column({ ...integerColumn, default: 0 })
  waivedMinor!: number;

  @Column(integerColumn)
  authorisedMinor!: number;

  @Column(integerColumn)
  capturePendingMinor!: number;

  @Column(integerColumn)
  capturedMinor!: number;

  @Column(integerColumn)
  refundPendingMinor!: number;

  @Column(integerColumn)
  refundedMinor!: number;

  @Column('varchar', { length: 255, nullable: true })
  providerReference!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  failureCode!: string | null;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
