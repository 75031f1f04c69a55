import { type RowOf, sql, type SqlStatement } from '#libs/database';
import { firstSelling, isOnlySelling } from './selling-locations.js';
import type { StockPart } from './spread.js';
import type { StockItemEntity } from './stock-item.entity.js';
import type { StockItemRow } from './stock-items.js';

/** How much of a variant is sold, kept or given back; each variant once. */
export interface StockDemand {
  readonly variantId: string;
  /** At least 1. */
  readonly quantity: number;
}

/** So much of a variant at a location; each pair once. */
export interface LocatedStock extends StockDemand, StockPart {}

/** A stock item as the statement has left it that changed it. */
export type MovedRow = StockItemRow & RowOf<StockItemEntity, 'location_id'>;

/** Each has up to seventeen parameters, and SQL Server takes 2,100. */
export const PER_STATEMENT = 110;

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

/** Who is sold to: what of the store, with which location asked before all others, and what is kept for them. */
export interface Selling {
  readonly storeId: string;
  /** Code of a location; null: none. */
  readonly preferred: string | null;
  readonly held: readonly LocatedStock[];
}

/**
 * The items of the location that is asked first, of which there is as much as is wanted whole: tracked ones never go below what is
 * reserved for others. What may be ordered beyond what is there may, where nothing could be at another location.
 */
export function haveWhole(
  { storeId, preferred, held }: Selling,
  demands: readonly StockDemand[],
): SqlStatement {
  return sql`location_id = ${firstSelling(storeId, preferred)}
    AND variant_id IN ${sql.in(demands.map(({ variantId }) => variantId))}
    AND (is_tracked = 0 OR on_hand - reserved + ${quantityAt(held)} >= ${quantityOf(demands)}
      OR (allows_backorder = 1 AND ${isOnlySelling(storeId)}))`;
}

/** The items that are named. */
export function areThose(parts: readonly LocatedStock[]): SqlStatement {
  const locationIds = new Set(parts.map(({ locationId }) => locationId));
  return sql`variant_id IN ${sql.in(parts.map(({ variantId }) => variantId))}
    AND location_id IN ${sql.in([...locationIds])}
    AND ${quantityAt(parts)} > 0`;
}

/** How much of the variant at hand is meant. */
export function quantityOf(demands: readonly StockDemand[]): SqlStatement {
  const cases = demands.map(({ variantId, quantity }) => sql`WHEN ${variantId} THEN ${quantity}`);
  return sql`CASE variant_id ${sql.join(cases, ' ')} ELSE 0 END`;
}

/** How much of the item at hand is meant. */
export function quantityAt(parts: readonly LocatedStock[]): SqlStatement {
  if (parts.length === 0) return sql`0`;
  const cases = parts.map(
    ({ variantId, locationId, quantity }) =>
      sql`WHEN variant_id = ${variantId} AND location_id = ${locationId} THEN ${quantity}`,
  );
  return sql`CASE ${sql.join(cases, ' ')} ELSE 0 END`;
}

/** What names a stock item. */
export function placeOf({ variantId, locationId }: Pick<LocatedStock, 'variantId' | 'locationId'>) {
  return `${variantId}/${locationId}`;
}

export function placeOfRow({ variant_id: variantId, location_id: locationId }: MovedRow): string {
  return placeOf({ variantId, locationId });
}

/** By item. */
export function quantitiesAt(parts: readonly LocatedStock[]): ReadonlyMap<string, number> {
  return new Map(parts.map((part) => [placeOf(part), part.quantity]));
}
