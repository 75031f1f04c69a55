import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A variant that a customer wants to find again. */
@Entity('wish_list_item')
export class WishListItemEntity {
  @PrimaryColumn('varchar', { name: 'customer_id', length: 36 })
  customerId!: string;

  @PrimaryColumn('varchar', { name: 'variant_id', length: 36 })
  variantId!: string;

  @Column('varchar', { name: 'product_id', length: 36 })
  productId!: string;

  @Column({ ...integerColumn, name: 'created_at' })
  createdAt!: number;
}
