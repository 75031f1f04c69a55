import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What a product is sorted and filtered by in a currency; follows from its prices. */
@Entity('product_listing_price')
export class ProductListingPriceEntity {
  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  @PrimaryColumn('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column(integerColumn)
  minMinor!: number;

  @Column(integerColumn)
  maxMinor!: number;
}
