import { Column, Entity, PrimaryColumn } from 'typeorm';
import { integerColumn } from '#libs/database';

/** A choice between the variants of a product. */
@Entity('product_option')
export class ProductOptionEntity {
  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  @PrimaryColumn(integerColumn)
  sortPosition!: number;

  @Column('nvarchar', { length: 255 })
  name!: string;
}
