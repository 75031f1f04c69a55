import {
  chunksOf,
  heldRows,
  MAX_PARAMETERS,
  type RowOf,
  sql,
  type SqlQueries,
} from '#libs/database';
import { MAIN_LOCATION } from './main-location.js';
import { salePriority } from './selling-locations.js';
import { availabilityOf, bestOf, type Availability, type StoredStock } from './stock.js';
import type { StockItemEntity } from './stock-item.entity.js';

export type StockItemRow = RowOf<
  StockItemEntity,
  | 'product_id'
  | 'variant_id'
  | 'on_hand'
  | 'reserved'
  | 'is_tracked'
  | 'allows_backorder'
  | 'version'
>;

/** What of many products is at the main location, by variant; a unit of work holds it. */
export async function loadMainItems(
  queries: SqlQueries,
  productIds: readonly string[],
): Promise<StockItemRow[]> {
  const rows: StockItemRow[] = [];
  for (const ids of chunksOf(productIds, MAX_PARAMETERS - 1)) {
    rows.push(
      ...(await queries.query<StockItemRow>(
        sql`SELECT s.product_id, s.variant_id, s.on_hand, s.reserved, s.is_tracked,
              s.allows_backorder, s.version
            FROM stock_item s${heldRows(queries)}
            JOIN location l ON l.id = s.location_id
            WHERE s.product_id IN ${sql.in(ids)} AND l.code = ${MAIN_LOCATION}
            ORDER BY s.variant_id`,
      )),
    );
  }
  return rows;
}

/** Of which variant of many products shoppers see what: the best of what is at the locations that are sold from. */
export async function loadShownAvailability(
  queries: SqlQueries,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Availability>>> {
  const byProduct = new Map<string, Map<string, Availability>>();
  for (const ids of chunksOf(productIds, MAX_PARAMETERS - 1)) {
    const rows = await queries.query<StockItemRow>(
      sql`SELECT s.product_id, s.variant_id, s.on_hand, s.reserved, s.is_tracked,
            s.allows_backorder, s.version
          FROM stock_item s
          JOIN location l ON l.id = s.location_id
          WHERE s.product_id IN ${sql.in(ids)} AND ${salePriority} > 0
          ORDER BY s.variant_id, s.location_id`,
    );
    for (const row of rows) {
      const shown = byProduct.get(row.product_id) ?? new Map<string, Availability>();
      const own = availabilityOf(stockOfRow(row));
      shown.set(row.variant_id, bestOf([own, shown.get(row.variant_id) ?? own]));
      byProduct.set(row.product_id, shown);
    }
  }
  return byProduct;
}

export function stockOfRow(row: Omit<StockItemRow, 'product_id' | 'variant_id'>): StoredStock {
  return {
    onHand: row.on_hand,
    isTracked: row.is_tracked === 1,
    allowsBackorder: row.allows_backorder === 1,
    reserved: row.reserved,
    version: row.version,
  };
}
