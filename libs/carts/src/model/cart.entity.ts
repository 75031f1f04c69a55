import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';
import type { PaymentMethod } from '#libs/payments';
import type { CartState } from './cart.js';

@Entity('cart')
export class CartEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  /** Never changes, so it may stand here. */
  @Column('varchar', { length: 60 })
  storeCode!: string;

  @Column('varchar', { length: 64 })
  tokenHash!: string;

  /** Whose it is; null: of the guest who holds the token. */
  @Column('varchar', { length: 36, nullable: true })
  customerId!: string | null;

  @Column('varchar', { length: 20 })
  state!: CartState;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 20 })
  locale!: string;

  @Column('nvarchar', { length: 320, nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  shippingAddressJson!: string | null;

  @Column('text', { nullable: true })
  billingAddressJson!: string | null;

  @Column('varchar', { length: 60, nullable: true })
  shippingMethod!: string | null;

  @Column('varchar', { length: 20, nullable: true })
  paymentMethod!: PaymentMethod | null;

  @Column('text', { nullable: true })
  couponsJson!: string | null;

  /** When its present allowance of holding goods began; null: nothing is kept for it. */
  @Column({ ...integerColumn, nullable: true })
  holdingSince!: number | null;

  /** Counts up with every write to the cart or its lines. */
  @Column(integerColumn)
  version!: number;

  @Column(integerColumn)
  expiresAt!: number;

  @Column(integerColumn)
  createdAt!: number;

  @Column(integerColumn)
  updatedAt!: number;
}
