import { StoreLookup } from '#libs/stores';
import { Injectable } from '@nestjs/common';
import { type OuterRowOf, sql, SqlReader } from '#libs/database';
import { catalogErrors } from '../../model/catalog.errors.js';
import { headColumns, productOfHead, type HeadRow } from '../products/product-head.repository.js';
import type { ProductTranslationEntity } from '../../model/product-translation.entity.js';
import type { ProductSheet } from '../../model/product-sheet.js';
import type { ProductStatus } from '../../model/product.js';
import { ProductSearchRepository } from './product-search.repository.js';
import { ProductSheets } from './product-sheets.js';

export interface ProductDirectoryFilter {
  readonly status?: ProductStatus;
  readonly brand?: string;
  readonly categoryId?: string;
  /** Every word must begin a word of the product. */
  readonly q?: string;
}

/** Where a page ended. */
export interface DirectoryPosition {
  readonly createdAt: number;
  readonly id: string;
}

/** A product as a list of the back office shows it. */
export interface ProductSummary {
  readonly id: string;
  readonly slug: string;
  /** In the store's default language. */
  readonly name: string;
  readonly status: ProductStatus;
  readonly brand: string | null;
  readonly categoryId: string | null;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

type SummaryRow = Omit<HeadRow, 'source_key' | 'source_hash' | 'store_id'> &
  OuterRowOf<ProductTranslationEntity, 'name'>;

/** Products of every status as the back office reads them: what is committed, not what is cached. */
@Injectable()
export class ProductDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly search: ProductSearchRepository,
    private readonly sheets: ProductSheets,
  ) {}

  /** Throws `catalog.store-not-found`, `catalog.product-not-found` (also for another store's). */
  async get(storeCode: string, id: string): Promise<ProductSheet> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const rows = await this.database.query<HeadRow>(
      sql`
        SELECT ${headColumns}
        FROM product p
        WHERE p.id = ${id} AND p.store_id = ${store.id}`,
    );
    const sheets = await this.sheets.load(this.database, store.id, rows.map(productOfHead));
    const sheet = sheets.get(id);
    if (sheet === undefined) throw catalogErrors.productNotFound({ details: { product: id } });
    return sheet;
  }

  /** Newest first, at most `limit` behind `after`. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    filter: ProductDirectoryFilter,
    after: DirectoryPosition | undefined,
    limit: number,
  ): Promise<ProductSummary[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const conditions = [sql`p.store_id = ${store.id}`];
    if (filter.status !== undefined) conditions.push(sql`p.status = ${filter.status}`);
    if (filter.brand !== undefined) conditions.push(sql`p.brand = ${filter.brand}`);
    if (filter.categoryId !== undefined) {
      conditions.push(sql`p.category_id = ${filter.categoryId}`);
    }
    const search = await this.search.conditions(store.id, filter.q);
    if (search === undefined) return [];
    conditions.push(...search, sql.behind(sql`p.created_at`, sql`p.id`, after));
    const rows = await this.database.query<SummaryRow>(
      sql`SELECT p.id, p.slug, t.name, p.status, p.brand, p.category_id, p.version, p.created_at,
            p.updated_at
          FROM product p
          LEFT JOIN product_translation t ON t.product_id = p.id
            AND t.locale = ${store.defaultLocale}
          WHERE ${sql.join(conditions, ' AND ')}
          ORDER BY p.created_at DESC, p.id DESC ${sql.limit(limit)}`,
    );
    return rows.map((row) => ({
      id: row.id,
      slug: row.slug,
      name: row.name ?? row.slug,
      status: row.status,
      brand: row.brand,
      categoryId: row.category_id,
      version: row.version,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }));
  }
}
