import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a category is called in a language. */
@Entity('category_translation')
export class CategoryTranslationEntity {
  @PrimaryColumn('varchar', { length: 36 })
  categoryId!: string;

  @PrimaryColumn('varchar', { length: 20 })
  locale!: string;

  @Column('nvarchar', { length: 300 })
  name!: string;
}
