import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a product is sorted by in a language; follows from its texts. */
@Entity('product_listing_name')
export class ProductListingNameEntity {
  @PrimaryColumn('varchar', { name: 'product_id', length: 36 })
  productId!: string;

  @PrimaryColumn('varchar', { length: 20 })
  locale!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @Column('varchar', { name: 'sort_name', length: 200 })
  sortName!: string;
}
