import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  MAX_PARAMETERS,
  type RowOf,
  sql,
  SqlReader,
  type SqlStatement,
} from '#libs/database';
import { loadProductParts } from '../model/product-parts.js';
import type { ProductAttribute, ProductText, ProductVariant } from '../model/product.js';
import type { ProductEntity } from '../model/product.entity.js';

/** What a product that shoppers see is found, filtered and sorted by, beside its offer. */
export interface PublishedProduct {
  readonly id: string;
  readonly slug: string;
  readonly brand: string | null;
  readonly categoryId: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When shoppers could first see it. */
  readonly publishedAt: number;
  /** By locale. */
  readonly texts: Readonly<Record<string, ProductText>>;
  readonly attributes: readonly ProductAttribute[];
  readonly variants: readonly ProductVariant[];
}

type HeadRow = RowOf<
  ProductEntity,
  'id' | 'slug' | 'brand' | 'category_id' | 'created_at' | 'published_at'
>;

/** Reads the published products of a store, for what makes an index of them. */
@Injectable()
export class PublishedProductViewRepository {
  constructor(private readonly database: SqlReader) {}

  /** By id, at most `limit` behind `afterId`. */
  page(storeId: string, afterId: string, limit: number): Promise<PublishedProduct[]> {
    return this.load(
      sql`WHERE store_id = ${storeId} AND status = 'active' AND id > ${afterId}
          ORDER BY id
          ${sql.limit(limit)}`,
    );
  }

  /** Those of the ids that are published in the store, in no particular order. */
  async some(storeId: string, ids: readonly string[]): Promise<PublishedProduct[]> {
    const products: PublishedProduct[] = [];
    for (const chunk of chunksOf(ids, MAX_PARAMETERS - 1)) {
      products.push(
        ...(await this.load(
          sql`WHERE store_id = ${storeId} AND status = 'active' AND id IN ${sql.in(chunk)}`,
        )),
      );
    }
    return products;
  }

  /** The store of each of these products that is there, published or not. */
  async storeIdsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const storeIds = new Map<string, string>();
    for (const chunk of chunksOf(ids, MAX_PARAMETERS)) {
      const rows = await this.database.query<RowOf<ProductEntity, 'id' | 'store_id'>>(
        sql`SELECT id, store_id
            FROM product
            WHERE id IN ${sql.in(chunk)}`,
      );
      for (const { id, store_id } of rows) storeIds.set(id, store_id);
    }
    return storeIds;
  }

  private async load(rest: SqlStatement): Promise<PublishedProduct[]> {
    const heads = await this.database.query<HeadRow>(
      sql`SELECT id, slug, brand, category_id, created_at, published_at
          FROM product
          ${rest}`,
    );
    const parts = await loadProductParts(
      this.database,
      heads.map(({ id }) => id),
      'words',
    );
    return heads.flatMap(({ id, slug, brand, ...head }) => {
      const own = parts.get(id);
      if (own === undefined) return [];
      const { texts, attributes, variants } = own;
      const { category_id: categoryId, created_at: createdAt, published_at: publishedAt } = head;
      const times = { createdAt, publishedAt: publishedAt ?? createdAt };
      return { id, slug, brand, categoryId, ...times, texts, attributes, variants };
    });
  }
}
