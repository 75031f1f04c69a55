import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  deleteRows,
  insertRows,
  MAX_PARAMETERS,
  sql,
  SqlReader,
  type Transaction,
  type OuterRowOf,
  type RowOf,
} from '#libs/database';
import { catalogTags } from '../../model/catalog.tags.js';
import type { RelationFacts } from './related-products.js';
import type { ProductAttributeEntity } from '../../model/product-attribute.entity.js';
import type { ProductListingPriceEntity } from '../../model/product-listing-price.entity.js';
import type { RelatedProductEntity } from '../../model/related-product.entity.js';
import type { ProductEntity } from '../../model/product.entity.js';

/** What goes with which product; every call names the store. */
@Injectable()
export class RelatedProductRepository {
  constructor(private readonly database: SqlReader) {}

  /** The categories that have products; null stands for products without one. */
  async categoriesInUse(storeId: string): Promise<(string | null)[]> {
    const rows = await this.database.query<RowOf<ProductEntity, 'category_id'>>(
      sql`SELECT DISTINCT category_id
          FROM product
          WHERE store_id = ${storeId} AND status = 'active'
          ORDER BY category_id`,
    );
    return rows.map(({ category_id: id }) => id);
  }

  /** The category of a listed product; undefined when the store has no such product. */
  async categoryOf(
    storeId: string,
    productId: string,
  ): Promise<{ readonly categoryId: string | null } | undefined> {
    const rows = await this.database.query<RowOf<ProductEntity, 'category_id'>>(
      sql`SELECT category_id
          FROM product
          WHERE id = ${productId} AND store_id = ${storeId} AND status = 'active'`,
    );
    const row = rows[0];
    return row === undefined ? undefined : { categoryId: row.category_id };
  }

  /** The listed products of a category, without those below it. */
  async membersOf(
    storeId: string,
    categoryId: string | null,
    currency: string,
  ): Promise<RelationFacts[]> {
    const inCategory =
      categoryId === null ? sql`p.category_id IS NULL` : sql`p.category_id = ${categoryId}`;
    const rows = await this.database.query<
      RowOf<ProductEntity, 'id' | 'brand'> & RowOf<ProductListingPriceEntity, 'min_minor'>
    >(
      sql`SELECT p.id, p.brand, l.min_minor
          FROM product p
          JOIN product_listing_price l ON l.product_id = p.id AND l.currency = ${currency}
          WHERE p.store_id = ${storeId} AND ${inCategory}`,
    );
    return rows.map(({ id, brand, min_minor: priceMinor }) => ({ id, brand, priceMinor }));
  }

  /** `code=value` of each product. */
  async attributesOf(productIds: readonly string[]): Promise<Map<string, Set<string>>> {
    const attributes = new Map<string, Set<string>>();
    for (const ids of chunksOf(productIds, MAX_PARAMETERS)) {
      const rows = await this.database.query<
        RowOf<ProductAttributeEntity, 'product_id' | 'code' | 'attribute_value'>
      >(
        sql`SELECT product_id, code, attribute_value
            FROM product_attribute
            WHERE product_id IN ${sql.in(ids)}`,
      );
      for (const { product_id: id, code, attribute_value: value } of rows) {
        const own = attributes.get(id) ?? new Set();
        attributes.set(id, own.add(`${code}=${value}`));
      }
    }
    return attributes;
  }

  /**
   * Stores what goes with each product of the store and invalidates those that changed. Products
   * that are not the store's (any more) are passed over. Returns how many changed.
   */
  async replace(
    tx: Transaction,
    storeId: string,
    wanted: ReadonlyMap<string, readonly string[]>,
  ): Promise<number> {
    const stored = await this.stored(tx, storeId, [...wanted.keys()]);
    const changed = [...wanted].filter(([id, relatedIds]) => {
      const known = stored.get(id);
      return known !== undefined && known.join() !== relatedIds.join();
    });
    const ids = changed.map(([id]) => id);
    await deleteRows(tx, 'related_product', 'product_id', ids);
    await insertRows(
      tx,
      'related_product',
      changed.flatMap(([id, relatedIds]) =>
        relatedIds.map((relatedId, position) => ({
          product_id: id,
          related_id: relatedId,
          sort_position: position,
        })),
      ),
    );
    tx.invalidate(...ids.map(catalogTags.relatedProducts));
    return ids.length;
  }

  private async stored(
    tx: Transaction,
    storeId: string,
    productIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    const stored = new Map<string, string[]>();
    for (const ids of chunksOf(productIds, MAX_PARAMETERS - 1)) {
      const rows = await tx.query<
        RowOf<ProductEntity, 'id'> & OuterRowOf<RelatedProductEntity, 'related_id'>
      >(
        sql`SELECT p.id, r.related_id
            FROM product p
            LEFT JOIN related_product r ON r.product_id = p.id
            WHERE p.store_id = ${storeId} AND p.id IN ${sql.in(ids)}
            ORDER BY p.id, r.sort_position, r.related_id`,
      );
      for (const { id, related_id: relatedId } of rows) {
        const own = stored.get(id) ?? [];
        if (relatedId !== null) own.push(relatedId);
        stored.set(id, own);
      }
    }
    return stored;
  }
}
