import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PaymentMethod } from '#libs/payments';
import type { OrderPaymentState, OrderState } from './order-state.js';

@Entity('sales_order')
export class OrderEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column('varchar', { name: 'store_code', length: 60 })
  storeCode!: string;

  @Column('varchar', { name: 'order_number', length: 40 })
  number!: string;

  /** Of the token of the cart it was made of. */
  @Column('varchar', { name: 'token_hash', length: 64 })
  tokenHash!: string;

  /** Whose it is; null: of whoever holds the token. */
  @Column('varchar', { name: 'customer_id', length: 36, nullable: true })
  customerId!: string | null;

  /** One order of a cart, at most. */
  @Column('varchar', { name: 'cart_id', length: 36 })
  cartId!: string;

  @Column('varchar', { length: 20 })
  state!: OrderState;

  @Column('varchar', { name: 'payment_state', length: 20 })
  paymentState!: OrderPaymentState;

  @Column('varchar', { name: 'payment_method', length: 20 })
  paymentMethod!: PaymentMethod;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('nvarchar', { length: 320 })
  email!: string;

  @Column('text', { name: 'shipping_address_json' })
  shippingAddressJson!: string;

  @Column('text', { name: 'billing_address_json' })
  billingAddressJson!: string;

  @Column('text', { name: 'shipping_json' })
  shippingJson!: string;

  @Column('text', { name: 'taxes_json' })
  taxesJson!: string;

  /** What was taken off; null: the order is older than promotions. */
  @Column('text', { name: 'promotions_json', nullable: true })
  promotionsJson!: string | null;

  /** By what the uses of promotions are counted; null: the order is older than promotions. */
  @Column('varchar', { name: 'customer_key', length: 80, nullable: true })
  customerKey!: string | null;

  @Column('smallint', { name: 'prices_include_tax' })
  pricesIncludeTax!: number;

  @Column({ ...integerColumn, name: 'subtotal_minor' })
  subtotalMinor!: number;

  @Column({ ...integerColumn, name: 'discount_minor' })
  discountMinor!: number;

  @Column({ ...integerColumn, name: 'shipping_minor' })
  shippingMinor!: number;

  @Column({ ...integerColumn, name: 'tax_minor' })
  taxMinor!: number;

  @Column({ ...integerColumn, name: 'total_minor' })
  totalMinor!: number;

  @Column({ ...integerColumn, name: 'planned_at' })
  plannedAt!: number;

  @Column({ ...integerColumn })
  version!: number;

  @Column({ ...integerColumn, name: 'placed_at' })
  placedAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
