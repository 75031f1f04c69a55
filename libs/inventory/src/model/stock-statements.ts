import { type RowOf, sql, type SqlStatement } from '#libs/database';
import { MAIN_LOCATION } from './main-location.js';
import type { StockItemEntity } from './stock-item.entity.js';
import type { StockItemRow } from './stock-items.js';

/** How much of a variant is sold, kept or given back; each variant once. */
export interface StockDemand {
  readonly variantId: string;
  /** At least 1. */
  readonly quantity: number;
}

/** A stock item as the statement has left it that changed it. */
export type MovedRow = StockItemRow & RowOf<StockItemEntity, 'location_id'>;

/** Each has three parameters, and SQL Server takes 2,100. */
export const PER_STATEMENT = 500;

const inserted = sql`
  OUTPUT inserted.variant_id, inserted.product_id, inserted.location_id, inserted.on_hand,
    inserted.reserved, inserted.is_tracked, inserted.allows_backorder, inserted.version`;
const returned = sql`
  RETURNING variant_id, product_id, location_id, on_hand, reserved, is_tracked, allows_backorder, version`;

/** Stand behind SET and at the end of an UPDATE of stock items: it answers {@link MovedRow}s. */
export const movedRows = {
  output: sql.byDialect({ sqlite: sql.empty, mssql: inserted }),
  returning: sql.byDialect({ sqlite: returned, mssql: sql.empty }),
};

/** The rows of what is sold from. */
export function areOf(storeId: string, demands: readonly StockDemand[]): SqlStatement {
  return sql`location_id IN (SELECT id FROM location WHERE store_id = ${storeId} AND code = ${MAIN_LOCATION})
    AND variant_id IN ${sql.in(demands.map(({ variantId }) => variantId))}`;
}

/** Tracked variants without back-orders never go below what is reserved for others than the one who has `held`. */
export function isEnough(
  demands: readonly StockDemand[],
  held: readonly StockDemand[] = [],
): SqlStatement {
  const own = held.length === 0 ? sql.empty : sql` + ${quantityOf(held)}`;
  return sql`(is_tracked = 0 OR allows_backorder = 1 OR on_hand - reserved${own} >= ${quantityOf(demands)})`;
}

/** How much of the row at hand is meant. */
export function quantityOf(demands: readonly StockDemand[]): SqlStatement {
  const cases = demands.map(({ variantId, quantity }) => sql`WHEN ${variantId} THEN ${quantity}`);
  return sql`CASE variant_id ${sql.join(cases, ' ')} ELSE 0 END`;
}
