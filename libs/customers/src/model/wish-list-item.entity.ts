import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A variant that a customer wants to find again. */
@Entity('wish_list_item')
export class WishListItemEntity {
  @PrimaryColumn('varchar', { length: 36 })
  customerId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  variantId!: string;

  @Column('varchar', { length: 36 })
  productId!: string;

  @Column(integerColumn)
  createdAt!: number;
}
