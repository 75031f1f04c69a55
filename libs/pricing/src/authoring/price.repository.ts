import { Injectable } from '@nestjs/common';
import {
  heldRows,
  type OuterRowOf,
  type Renamed,
  type RowOf,
  sql,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { BASE_PRIORITY, FIRST_PIECE } from '../model/base-prices.js';
import { PriceEntity } from '../model/price.entity.js';
import type { PriceListEntity } from '../model/price-list.entity.js';
import type { StoredPrice } from '../model/price.js';

/** The base list of a currency with what the variants of one product cost in it. */
export interface PricesInList {
  /** Undefined when the store has no price in the currency yet. */
  readonly listId: string | undefined;
  readonly prices: ReadonlyMap<string, StoredPrice>;
}

type PriceRow = Renamed<RowOf<PriceListEntity, 'id'>, { list_id: 'id' }> &
  OuterRowOf<PriceEntity, 'variant_id' | 'amount_minor' | 'compare_at_minor' | 'version'>;

/** Which price is meant: one of a variant, in the base list of a currency. */
export interface PricePlace {
  readonly listId: string;
  readonly productId: string;
  readonly variantId: string;
}

/** Single prices, as staff set them. */
@Injectable()
export class PriceRepository {
  /** One statement; the rows are held when a unit of work asks. */
  async inBaseList(
    queries: SqlQueries,
    storeId: string,
    currency: string,
    productId: string,
  ): Promise<PricesInList> {
    const rows = await queries.query<PriceRow>(
      sql`SELECT l.id AS list_id, p.variant_id, p.amount_minor, p.compare_at_minor, p.version
          FROM price_list l
          LEFT JOIN price p${heldRows(queries)}
            ON p.list_id = l.id AND p.product_id = ${productId} AND p.min_quantity = ${FIRST_PIECE}
          WHERE l.store_id = ${storeId} AND l.currency = ${currency}
            AND l.priority = ${BASE_PRIORITY}`,
    );
    const prices = new Map<string, StoredPrice>();
    for (const row of rows) {
      if (row.variant_id === null) continue;
      prices.set(row.variant_id, {
        currency,
        amountMinor: row.amount_minor,
        compareAtMinor: row.compare_at_minor,
        version: row.version,
      });
    }
    return { listId: rows[0]?.list_id, prices };
  }

  /** How many prices products have in the base list of a currency; those without one are left out. */
  async countInBaseList(
    queries: SqlQueries,
    { storeId, currency }: { readonly storeId: string; readonly currency: string },
    productIds: readonly string[],
  ): Promise<Map<string, number>> {
    const rows = await queries.query<RowOf<PriceEntity, 'product_id'> & { prices: number }>(
      sql`SELECT p.product_id, COUNT(*) AS prices
          FROM price p
          JOIN price_list l ON l.id = p.list_id
          WHERE p.product_id IN ${sql.in(productIds)} AND p.min_quantity = ${FIRST_PIECE}
            AND l.store_id = ${storeId} AND l.currency = ${currency}
            AND l.priority = ${BASE_PRIORITY}
          GROUP BY p.product_id`,
    );
    return new Map(rows.map(({ product_id: productId, prices }) => [productId, prices]));
  }

  async insert(tx: Transaction, place: PricePlace, price: StoredPrice): Promise<void> {
    const { amountMinor, compareAtMinor, version } = price;
    await tx.manager.insert(PriceEntity, {
      ...place,
      minQuantity: FIRST_PIECE,
      amountMinor,
      compareAtMinor,
      version,
    });
  }

  /** False when the price is not there in the version that `price` comes after. */
  async update(tx: Transaction, place: PricePlace, price: StoredPrice): Promise<boolean> {
    const { amountMinor, compareAtMinor, version } = price;
    const result = await tx.manager.update(
      PriceEntity,
      { ...place, minQuantity: FIRST_PIECE, version: version - 1 },
      { amountMinor, compareAtMinor, version },
    );
    return result.affected === 1;
  }

  /** False when the price is not there in this version. */
  async remove(tx: Transaction, place: PricePlace, version: number): Promise<boolean> {
    const result = await tx.manager.delete(PriceEntity, {
      ...place,
      minQuantity: FIRST_PIECE,
      version,
    });
    return result.affected === 1;
  }
}
