import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A property of a product to filter by. */
@Entity('product_attribute')
export class ProductAttributeEntity {
  @PrimaryColumn('varchar', { name: 'product_id', length: 36 })
  productId!: string;

  @Column('varchar', { name: 'store_id', length: 36 })
  storeId!: string;

  @PrimaryColumn('varchar', { length: 64 })
  code!: string;

  @PrimaryColumn('varchar', { name: 'attribute_value', length: 200 })
  attributeValue!: string;
}
