import {
  chunksOf,
  heldRows,
  MAX_PARAMETERS,
  type RowOf,
  sql,
  type SqlQueries,
} from '#libs/database';
import type { PriceEntity } from './price.entity.js';
import type { PriceListEntity } from './price-list.entity.js';

export type BasePriceRow = RowOf<
  PriceEntity,
  'product_id' | 'variant_id' | 'amount_minor' | 'compare_at_minor' | 'version'
> &
  RowOf<PriceListEntity, 'store_id' | 'currency'>;

/** The list that holds for every shopper, and from which quantity on. */
export const BASE_PRIORITY = 0;
export const FIRST_PIECE = 1;

/**
 * Prices that hold for every shopper from the first piece on, by variant and currency: of one store or of all, of one
 * currency or of all. A unit of work holds them.
 */
export async function loadBasePrices(
  queries: SqlQueries,
  scope: { readonly storeId?: string; readonly currency?: string },
  productIds: readonly string[],
): Promise<BasePriceRow[]> {
  const { storeId, currency } = scope;
  const inStore = storeId === undefined ? sql.empty : sql` AND l.store_id = ${storeId}`;
  const inCurrency = currency === undefined ? sql.empty : sql` AND l.currency = ${currency}`;
  const rows: BasePriceRow[] = [];
  for (const ids of chunksOf(productIds, MAX_PARAMETERS - 4)) {
    rows.push(
      ...(await queries.query<BasePriceRow>(
        sql`SELECT p.product_id, p.variant_id, l.store_id, l.currency, p.amount_minor,
              p.compare_at_minor, p.version
            FROM price p${heldRows(queries)}
            JOIN price_list l ON l.id = p.list_id
            WHERE p.product_id IN ${sql.in(ids)} AND p.min_quantity = ${FIRST_PIECE}
              AND l.priority = ${BASE_PRIORITY}${inStore}${inCurrency}
            ORDER BY p.variant_id, l.currency`,
      )),
    );
  }
  return rows;
}
