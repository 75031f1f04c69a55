import { REFRESH_WINDOW_MS, StoreReader } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader } from '#libs/cache';
import { type RowOf, sql, SqlReader } from '#libs/database';
import { catalogErrors } from '../model/catalog.errors.js';
import { catalogTags } from '../model/catalog.tags.js';
import {
  buildCategoryTree,
  placeBySlug,
  type CategoryPlace,
  type CategoryTree,
} from './category-tree.js';
import type { CategoryEntity } from '../model/category.entity.js';

interface TreeKey {
  readonly storeCode: string;
  readonly locale: string;
}

interface CategoryRow extends RowOf<CategoryEntity, 'id' | 'parent_id' | 'slug'> {
  readonly name: string | null;
  readonly fallback_name: string | null;
}

const TTL_MS = 10 * 60_000;
const EMPTY: CategoryTree = buildCategoryTree([]);

/** The category tree of a store in one language: one cached document. */
@Injectable()
export class CategoryTreeReader {
  private readonly reader: CachedReader<TreeKey, CategoryTree>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
    private readonly stores: StoreReader,
  ) {
    this.reader = cache.reader<TreeKey, CategoryTree>({
      name: 'catalog.category-tree',
      key: jsonKey<TreeKey>({ storeCode: z.string(), locale: z.string() }),
      tags: ({ storeCode }) => [catalogTags.categories(storeCode)],
      load: (key) => this.load(key),
      ttlMs: TTL_MS,
      refreshWindowMs: REFRESH_WINDOW_MS,
      maxEntries: 1_000,
    });
  }

  async tree(storeCode: string, locale: string): Promise<CategoryTree> {
    return (await this.reader.get({ storeCode, locale })) ?? EMPTY;
  }

  /** Throws `catalog.category-not-found`. */
  async place(storeCode: string, locale: string, slug: string): Promise<CategoryPlace> {
    const place = placeBySlug(await this.tree(storeCode, locale), slug);
    if (place === undefined) throw catalogErrors.categoryNotFound({ details: { slug } });
    return place;
  }

  private async load({ storeCode, locale }: TreeKey): Promise<CategoryTree | undefined> {
    const store = await this.stores.find(storeCode);
    if (store === undefined) return undefined;
    const rows = await this.database.query<CategoryRow>(
      sql`SELECT c.id, c.parent_id, c.slug, t.name, d.name AS fallback_name
          FROM category c
          LEFT JOIN category_translation t ON t.category_id = c.id AND t.locale = ${locale}
          LEFT JOIN category_translation d ON d.category_id = c.id
            AND d.locale = ${store.defaultLocale}
          WHERE c.store_id = ${store.id}
          ORDER BY c.sort_position, c.slug, c.id`,
    );
    return buildCategoryTree(
      rows.map(({ id, parent_id: parentId, slug, name, fallback_name: fallback }) => ({
        id,
        parentId,
        slug,
        name: name ?? fallback ?? slug,
      })),
    );
  }
}
