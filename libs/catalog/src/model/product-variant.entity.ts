import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** What of a product can be bought. */
@Entity('product_variant')
export class ProductVariantEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  productId!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @Column('varchar', { length: 200, nullable: true })
  sku!: string | null;

  @Column(integerColumn)
  sortPosition!: number;

  @Column('nvarchar', { length: 255, nullable: true })
  option1!: string | null;

  @Column('nvarchar', { length: 255, nullable: true })
  option2!: string | null;

  @Column('nvarchar', { length: 255, nullable: true })
  option3!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  barcode!: string | null;

  @Column({ ...integerColumn, nullable: true })
  weightGrams!: number | null;

  @Column('nvarchar', { length: 2000, nullable: true })
  imageUrl!: string | null;
}
