import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PaymentMethod } from '#libs/payments';
import type { CartState } from './cart.js';

@Entity('cart')
export class CartEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  /** Never changes, so it may stand here. */
  @Column('varchar', { name: 'store_code', length: 60 })
  storeCode!: string;

  @Column('varchar', { name: 'token_hash', length: 64 })
  tokenHash!: string;

  /** Whose it is; null: of whoever holds the token. */
  @Column('varchar', { name: 'customer_id', length: 36, nullable: true })
  customerId!: string | null;

  @Column('varchar', { length: 20 })
  state!: CartState;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('nvarchar', { length: 320, nullable: true })
  email!: string | null;

  @Column('text', { name: 'shipping_address_json', nullable: true })
  shippingAddressJson!: string | null;

  @Column('text', { name: 'billing_address_json', nullable: true })
  billingAddressJson!: string | null;

  @Column('varchar', { name: 'shipping_method', length: 60, nullable: true })
  shippingMethod!: string | null;

  @Column('varchar', { name: 'payment_method', length: 20, nullable: true })
  paymentMethod!: PaymentMethod | null;

  @Column('text', { name: 'coupons_json', nullable: true })
  couponsJson!: string | null;

  /** Counts up with every write to the cart or its lines. */
  @Column({ ...integerColumn })
  version!: number;

  @Column({ ...integerColumn, name: 'expires_at' })
  expiresAt!: number;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;

  @Column({ ...integerColumn, name: 'updated_at' })
  updatedAt!: number;
}
