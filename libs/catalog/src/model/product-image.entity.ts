import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A picture of a product. */
@Entity('product_image')
export class ProductImageEntity {
  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  @PrimaryColumn(integerColumn)
  sortPosition!: number;

  @Column('nvarchar', { length: 2000 })
  url!: string;

  @Column('nvarchar', { length: 1000, nullable: true })
  alt!: string | null;
}
