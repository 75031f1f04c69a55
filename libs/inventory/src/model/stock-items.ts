import {
  chunksOf,
  heldRows,
  MAX_PARAMETERS,
  type RowOf,
  sql,
  type SqlQueries,
} from '#libs/database';
import type { StoredStock } from './stock.js';
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

/** Stock items of many products, by variant; a unit of work holds them. */
export async function loadStockItems(
  queries: SqlQueries,
  productIds: readonly string[],
): Promise<StockItemRow[]> {
  const rows: StockItemRow[] = [];
  for (const ids of chunksOf(productIds, MAX_PARAMETERS)) {
    rows.push(
      ...(await queries.query<StockItemRow>(
        sql`SELECT product_id, variant_id, on_hand, reserved, is_tracked, allows_backorder, version
            FROM stock_item${heldRows(queries)}
            WHERE product_id IN ${sql.in(ids)}
            ORDER BY variant_id, location_id`,
      )),
    );
  }
  return rows;
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
