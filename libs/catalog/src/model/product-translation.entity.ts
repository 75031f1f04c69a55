import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The texts of a product in a language. */
@Entity('product_translation')
export class ProductTranslationEntity {
  @PrimaryColumn('varchar', { length: 36 })
  productId!: string;

  @PrimaryColumn('varchar', { length: 20 })
  locale!: string;

  @Column('nvarchar', { length: 500 })
  name!: string;

  @Column('text')
  descriptionHtml!: string;

  @Column('nvarchar', { length: 500, nullable: true })
  seoTitle!: string | null;

  @Column('nvarchar', { length: 2000, nullable: true })
  seoDescription!: string | null;
}
