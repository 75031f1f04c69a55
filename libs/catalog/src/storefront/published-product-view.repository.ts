import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  MAX_PARAMETERS,
  type OuterRowOf,
  type RowOf,
  sql,
  SqlReader,
  type SqlStatement,
} from '#libs/database';
import { loadProductWords, type ProductWords } from '../model/product-words.js';
import type { ProductPopularityEntity } from '../model/popularity/product-popularity.entity.js';
import type { ProductEntity } from '../model/product.entity.js';

/** What a product that shoppers see is found, filtered and sorted by, beside its offer. */
export interface PublishedProduct extends Readonly<ProductWords> {
  readonly id: string;
  readonly slug: string;
  readonly brand: string | null;
  readonly categoryId: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When shoppers could first see it. */
  readonly publishedAt: number;
  /** Its level, from 0 to 15. */
  readonly popularity: number;
}

/** Products by their ids. */
export interface ProductRange {
  /** The empty text is before all. */
  readonly afterId: string;
  /** Undefined: to the end, and whatever will be there. */
  readonly upToId?: string | undefined;
}

type HeadRow = RowOf<
  ProductEntity,
  'id' | 'slug' | 'brand' | 'category_id' | 'created_at' | 'published_at'
> &
  OuterRowOf<ProductPopularityEntity, 'popularity_level'>;

/** Reads the published products of a store, for what makes an index of them. */
@Injectable()
export class PublishedProductViewRepository {
  constructor(private readonly database: SqlReader) {}

  /** By id, at most `limit` of a range. */
  async page(storeId: string, range: ProductRange, limit: number): Promise<PublishedProduct[]> {
    const { afterId, upToId } = range;
    const heads = await this.heads(
      sql`WHERE p.store_id = ${storeId} AND p.status = 'active' AND p.id > ${afterId}
          ${upToId === undefined ? sql.empty : sql`AND p.id <= ${upToId}`}
          ORDER BY p.id
          ${sql.limit(limit)}`,
    );
    return composed(heads, await this.wordsOf(heads.map(({ id }) => id)));
  }

  /** All ids in `count` ranges of about as many products each; undefined when there are fewer than `atLeast` products. */
  async ranges(
    storeId: string,
    count: number,
    atLeast: number,
  ): Promise<ProductRange[] | undefined> {
    const published = sql`FROM product p WHERE p.store_id = ${storeId} AND p.status = 'active'`;
    const [counted] = await this.database.query<{ readonly products: number }>(
      sql`SELECT COUNT(*) AS products ${published}`,
    );
    const products = counted?.products ?? 0;
    if (products < atLeast) return undefined;
    const ranges: ProductRange[] = [];
    let afterId = '';
    for (let part = 1; part < count; part += 1) {
      const place = Math.floor((products * part) / count);
      const [end] = await this.database.query<Pick<HeadRow, 'id'>>(
        sql`SELECT p.id ${published} ORDER BY p.id ${sql.limit(1, place)}`,
      );
      // There are fewer by now.
      if (end === undefined) break;
      ranges.push({ afterId, upToId: end.id });
      afterId = end.id;
    }
    return [...ranges, { afterId }];
  }

  /**
   * Those of the ids that are published in the store, in no particular order. Everything is asked for together, also
   * of ids that turn out to be of no such product: a change of one product is waited for, and each trip to a thread costs more than a row.
   */
  async some(storeId: string, ids: readonly string[]): Promise<PublishedProduct[]> {
    const products: PublishedProduct[] = [];
    for (const chunk of chunksOf(ids, MAX_PARAMETERS - 1)) {
      const [heads, words] = await Promise.all([
        this.heads(
          sql`WHERE p.store_id = ${storeId} AND p.status = 'active' AND p.id IN ${sql.in(chunk)}`,
        ),
        this.wordsOf(chunk),
      ]);
      products.push(...composed(heads, words));
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

  private heads(rest: SqlStatement): Promise<HeadRow[]> {
    return this.database.query<HeadRow>(
      sql`SELECT p.id, p.slug, p.brand, p.category_id, p.created_at, p.published_at, y.popularity_level
          FROM product p
          LEFT JOIN product_popularity y ON y.store_id = p.store_id AND y.product_id = p.id
          ${rest}`,
    );
  }

  private wordsOf(ids: readonly string[]): Promise<ReadonlyMap<string, ProductWords>> {
    return loadProductWords(this.database, ids);
  }
}

function composed(
  heads: readonly HeadRow[],
  words: ReadonlyMap<string, ProductWords>,
): PublishedProduct[] {
  return heads.flatMap((head) => {
    const own = words.get(head.id);
    if (own === undefined) return [];
    return {
      id: head.id,
      slug: head.slug,
      brand: head.brand,
      categoryId: head.category_id,
      createdAt: head.created_at,
      publishedAt: head.published_at ?? head.created_at,
      popularity: head.popularity_level ?? 0,
      texts: own.texts,
      attributes: own.attributes,
      variants: own.variants,
    };
  });
}
