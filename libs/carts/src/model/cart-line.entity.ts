import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

@Entity('cart_line')
export class CartLineEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  cartId!: string;

  @Column('varchar', { length: 36 })
  productId!: string;

  /** Once in a cart, so that no stock item is counted by two lines. */
  @Column('varchar', { length: 36 })
  variantId!: string;

  @Column(integerColumn)
  quantity!: number;

  @Column({ ...integerColumn, nullable: true })
  seenMinor!: number | null;
}
