import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A property of a product to filter by. */
@Entity('product_attribute')
export class ProductAttributeEntity {
  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  @Column('varchar', { length: 36 })
  storeId!: string;

  @PrimaryColumn('varchar', { length: 64 })
  code!: string;

  @PrimaryColumn('varchar', { length: 200 })
  attributeValue!: string;
}
