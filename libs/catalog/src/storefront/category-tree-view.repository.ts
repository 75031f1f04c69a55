import { Injectable } from '@nestjs/common';
import { type OuterRowOf, type Renamed, type RowOf, sql, SqlReader } from '#libs/database';
import type { CategoryEntity } from '../model/category.entity.js';
import type { CategoryTranslationEntity } from '../model/category-translation.entity.js';
import { buildCategoryTree, type CategoryTree } from './category-tree.js';

/** What a category tree depends on of its store. */
export interface TreeStore {
  readonly id: string;
  readonly defaultLocale: string;
}

type CategoryRow = RowOf<CategoryEntity, 'id' | 'parent_id' | 'slug'> &
  OuterRowOf<CategoryTranslationEntity, 'name'> &
  Renamed<OuterRowOf<CategoryTranslationEntity, 'name'>, { fallback_name: 'name' }>;

/** The categories of a store as they are shown in one language, from SQL. */
@Injectable()
export class CategoryTreeViewRepository {
  constructor(private readonly database: SqlReader) {}

  async tree({ id, defaultLocale }: TreeStore, locale: string): Promise<CategoryTree> {
    const rows = await this.database.query<CategoryRow>(
      sql`SELECT c.id, c.parent_id, c.slug, t.name, d.name AS fallback_name
          FROM category c
          LEFT JOIN category_translation t ON t.category_id = c.id AND t.locale = ${locale}
          LEFT JOIN category_translation d ON d.category_id = c.id
            AND d.locale = ${defaultLocale}
          WHERE c.store_id = ${id}
          ORDER BY c.sort_position, c.slug, c.id`,
    );
    return buildCategoryTree(
      rows.map(({ id: categoryId, parent_id: parentId, slug, name, fallback_name: fallback }) => ({
        id: categoryId,
        parentId,
        slug,
        name: name ?? fallback ?? slug,
      })),
    );
  }
}
