import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PaymentMethod } from '#libs/payments';
import type { OrderAwaits } from './confirming/order-awaits.js';
import type { OrderPaymentState, OrderState } from './order-state.js';

@Entity('sales_order')
export class OrderEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 60 })
  storeCode!: string;

  @Column('varchar', { length: 40 })
  orderNumber!: string;

  /** Of the token of the cart it was made of. */
  @Column('varchar', { length: 64 })
  tokenHash!: string;

  /** Whose it is; null: of the guest who holds the token. */
  @Column('varchar', { length: 36, nullable: true })
  customerId!: string | null;

  /** One order of a cart, at most. */
  @Column('varchar', { length: 36 })
  cartId!: string;

  @Column('varchar', { length: 20 })
  state!: OrderState;

  @Column('varchar', { length: 20 })
  paymentState!: OrderPaymentState;

  /** null: nothing, its stock was taken. */
  @Column('varchar', { length: 20, nullable: true })
  awaits!: OrderAwaits | null;

  @Column('varchar', { length: 20 })
  paymentMethod!: PaymentMethod;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('nvarchar', { length: 320 })
  email!: string;

  @Column('text')
  shippingAddressJson!: string;

  @Column('text')
  billingAddressJson!: string;

  @Column('text')
  shippingJson!: string;

  @Column('text')
  taxesJson!: string;

  /** What was taken off; null: the order is older than promotions. */
  @Column('text', { nullable: true })
  promotionsJson!: string | null;

  /** By what the uses of promotions are counted; null: the order is older than promotions. */
  @Column('varchar', { length: 80, nullable: true })
  customerKey!: string | null;

  @Column('smallint')
  pricesIncludeTax!: number;

  @Column(integerColumn)
  subtotalMinor!: number;

  @Column(integerColumn)
  discountMinor!: number;

  @Column(integerColumn)
  shippingMinor!: number;

  @Column(integerColumn)
  taxMinor!: number;

  @Column(integerColumn)
  totalMinor!: number;

  @Column(integerColumn)
  plannedAt!: number;

  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  placedAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
