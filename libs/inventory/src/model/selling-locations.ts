import { sql, type SqlStatement } from '#libs/database';
import { MAIN_LOCATION } from './main-location.js';

/** Stored for a location from which nothing is sold. */
export const SELLS_NOTHING = 0;

/**
 * In which order the row `l` of `location` is sold from, the lowest first; 0: nothing is. While staff have said nothing of a
 * location, the main one is sold from and no other.
 */
export const salePriority = sql`
  COALESCE(l.sale_priority, CASE l.code WHEN ${MAIN_LOCATION} THEN 1 ELSE 0 END)`;

/** In which order the rows `l` are asked; the location `preferred` (a code) before all others. */
export function sellingOrder(preferred: string | null): SqlStatement {
  const own =
    preferred === null ? sql.empty : sql`CASE l.code WHEN ${preferred} THEN 0 ELSE 1 END,`;
  return sql`${own} ${salePriority}, l.code`;
}

/** The id of the location that is asked first. */
export function firstSelling(storeId: string, preferred: string | null): SqlStatement {
  return sql`(
    SELECT l.id
    FROM location l
    WHERE l.store_id = ${storeId} AND ${salePriority} > 0
    ORDER BY ${sellingOrder(preferred)}
    ${sql.limit(1)})`;
}

/** Whether no other location is sold from than the first. */
export function isOnlySelling(storeId: string): SqlStatement {
  return sql`1 = (
    SELECT COUNT(*)
    FROM location l
    WHERE l.store_id = ${storeId} AND ${salePriority} > 0)`;
}
