import { Entity, PrimaryColumn } from 'typeorm';

/** A word that finds a product in a language; follows from its texts. */
@Entity('product_term')
export class ProductTermEntity {
  @PrimaryColumn('varchar', { length: 36 })
  storeId!: string;

  @PrimaryColumn('varchar', { length: 60 })
  term!: string;

  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;
}
