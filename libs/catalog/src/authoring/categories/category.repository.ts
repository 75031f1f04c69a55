import { Injectable } from '@nestjs/common';
import { type RowOf, sql, type Transaction } from '#libs/database';
import { catalogErrors } from '../../model/catalog.errors.js';
import { versionConflict } from '../products/version-conflict.js';
import { CategoryEntity } from '../../model/category.entity.js';
import type { Category } from '../../model/category.js';
import type { CategoryTranslationEntity } from '../../model/category-translation.entity.js';
import type { ProductEntity } from '../../model/product.entity.js';

type NameRow = RowOf<CategoryTranslationEntity>;

function toCategory(entity: CategoryEntity, names: readonly NameRow[]): Category {
  return {
    id: entity.id,
    storeId: entity.storeId,
    parentId: entity.parentId,
    slug: entity.slug,
    position: entity.sortPosition,
    names: Object.fromEntries(names.map(({ locale, name }) => [locale, name])),
    version: entity.version,
    createdAt: entity.createdAt,
    updatedAt: entity.updatedAt,
  };
}

/** The write model of categories. Every call names the store: an id alone finds nothing. */
@Injectable()
export class CategoryRepository {
  /** All categories of the store, by id. */
  async all(tx: Transaction, storeId: string): Promise<Map<string, Category>> {
    const entities = await tx.manager.find(CategoryEntity, {
      where: { storeId },
      order: { sortPosition: 'ASC', slug: 'ASC', id: 'ASC' },
    });
    const rows = await tx.query<NameRow>(
      sql`SELECT t.category_id, t.locale, t.name
          FROM category c
          JOIN category_translation t ON t.category_id = c.id
          WHERE c.store_id = ${storeId}
          ORDER BY t.category_id, t.locale`,
    );
    const names = new Map<string, NameRow[]>();
    for (const row of rows) {
      names.set(row.category_id, [...(names.get(row.category_id) ?? []), row]);
    }
    return new Map(
      entities.map((entity) => [entity.id, toCategory(entity, names.get(entity.id) ?? [])]),
    );
  }

  /** Throws `catalog.category-not-found`. */
  async get(tx: Transaction, storeId: string, id: string): Promise<Category> {
    const entity = await tx.manager.findOneBy(CategoryEntity, { id, storeId });
    if (entity === null) throw catalogErrors.categoryNotFound({ details: { category: id } });
    const names = await tx.query<NameRow>(
      sql`SELECT category_id, locale, name
          FROM category_translation
          WHERE category_id = ${id}
          ORDER BY locale`,
    );
    return toCategory(entity, names);
  }

  async insert(tx: Transaction, category: Category): Promise<void> {
    const { names, position: sortPosition, ...columns } = category;
    await tx.manager.insert(CategoryEntity, { ...columns, sortPosition });
    await this.insertNames(tx, category.id, names);
  }

  /** Stores the category, provided it was not stored since it was loaded. Returns it as it is now. */
  async save(tx: Transaction, category: Category): Promise<Category> {
    const { id, storeId, version, names, parentId, slug, position, updatedAt } = category;
    const result = await tx.manager
      .createQueryBuilder()
      .update(CategoryEntity)
      .set({ parentId, slug, sortPosition: position, updatedAt })
      .where({ id, storeId, version })
      .updateEntity(false)
      .execute();
    if (result.affected !== 1) throw await versionConflict(tx, 'category', id);
    await tx.execute(sql`DELETE FROM category_translation WHERE category_id = ${id}`);
    await this.insertNames(tx, id, names);
    return { ...category, version: version + 1 };
  }

  /** Throws `catalog.category-in-use` while anything refers to it. */
  async remove(tx: Transaction, { id, storeId, version }: Category): Promise<void> {
    const users = await tx.query<RowOf<CategoryEntity | ProductEntity, 'id'>>(
      sql`SELECT id
          FROM category
          WHERE parent_id = ${id}
          UNION ALL SELECT id
          FROM product
          WHERE category_id = ${id}
          ORDER BY id ${sql.limit(1)}`,
    );
    if (users.length > 0) throw catalogErrors.categoryInUse();
    await tx.execute(sql`DELETE FROM category_translation WHERE category_id = ${id}`);
    const result = await tx.manager.delete(CategoryEntity, { id, storeId, version });
    if (result.affected !== 1) throw await versionConflict(tx, 'category', id);
  }

  private async insertNames(
    tx: Transaction,
    categoryId: string,
    names: Readonly<Record<string, string>>,
  ): Promise<void> {
    const rows = Object.entries(names).map(([locale, name]) => ({
      category_id: categoryId,
      locale,
      name,
    }));
    if (rows.length > 0) await tx.execute(sql.insert('category_translation', rows));
  }
}
