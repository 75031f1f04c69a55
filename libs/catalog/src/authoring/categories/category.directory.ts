import { StoreLookup } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { type RowOf, sql, SqlReader, type SqlStatement } from '#libs/database';
import { catalogErrors } from '../../model/catalog.errors.js';
import type { Category } from '../../model/category.js';
import type { CategoryTranslationEntity } from '../../model/category-translation.entity.js';
import type { CategoryEntity } from '../../model/category.entity.js';

type CategoryRow = RowOf<CategoryEntity>;

type NameRow = RowOf<CategoryTranslationEntity>;

/** Categories as the back office reads them: what is committed, not what is cached. */
@Injectable()
export class CategoryDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
  ) {}

  /** Throws `catalog.store-not-found`, `catalog.category-not-found` (also for another store's). */
  async get(storeCode: string, id: string): Promise<Category> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const found = await this.query(sql`c.store_id = ${store.id} AND c.id = ${id}`, 1);
    const [category] = found;
    if (category === undefined) {
      throw catalogErrors.categoryNotFound({ details: { category: id } });
    }
    return category;
  }

  /** By id, at most `limit` behind `afterId`. Throws `catalog.store-not-found`. */
  async list(storeCode: string, afterId: string, limit: number): Promise<Category[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    return this.query(sql`c.store_id = ${store.id} AND c.id > ${afterId}`, limit);
  }

  private async query(condition: SqlStatement, limit: number): Promise<Category[]> {
    const rows = await this.database.query<CategoryRow>(
      sql`SELECT c.id, c.store_id, c.parent_id, c.slug, c.sort_position, c.version, c.created_at,
            c.updated_at
          FROM category c
          WHERE ${condition}
          ORDER BY c.id ${sql.limit(limit)}`,
    );
    const ids = rows.map(({ id }) => id);
    const names = await this.database.query<NameRow>(
      sql`SELECT category_id, locale, name
          FROM category_translation
          WHERE category_id IN ${sql.in(ids)}
          ORDER BY category_id, locale`,
    );
    return rows.map((row) => ({
      id: row.id,
      storeId: row.store_id,
      parentId: row.parent_id,
      slug: row.slug,
      position: row.sort_position,
      names: Object.fromEntries(
        names
          .filter(({ category_id: id }) => id === row.id)
          .map(({ locale, name }) => [locale, name]),
      ),
      version: row.version,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }));
  }
}
