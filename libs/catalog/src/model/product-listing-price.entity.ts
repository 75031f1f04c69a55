import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What a product is sorted and filtered by in a currency; follows from its prices. */
@Entity('product_listing_price')
export class ProductListingPriceEntity {
  @PrimaryColumn('varchar', { name: 'product_id', length: 36 })
  productId!: string;

  @PrimaryColumn('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column({ ...integerColumn, name: 'min_minor' })
  minMinor!: number;

  @Column({ ...integerColumn, name: 'max_minor' })
  maxMinor!: number;
}
