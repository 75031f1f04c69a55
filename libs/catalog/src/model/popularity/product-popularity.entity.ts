import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** How popular a product is; of one that is not there is no row. */
@Entity('product_popularity')
export class ProductPopularityEntity {
  @PrimaryColumn('varchar', { length: 36 })
  storeId!: string;

  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  /** See `popularityLevel`. */
  @Column(integerColumn)
  popularityLevel!: number;
}
