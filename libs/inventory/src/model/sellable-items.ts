import { heldRows, type RowOf, sql, type SqlQueries } from '#libs/database';
import { salePriority, sellingOrder } from './selling-locations.js';
import type { SellableItem } from './spread.js';
import type { StockItemEntity } from './stock-item.entity.js';
import { placeOf, quantitiesAt, type Selling, type StockDemand } from './stock-statements.js';

type ItemRow = RowOf<
  StockItemEntity,
  'variant_id' | 'location_id' | 'on_hand' | 'reserved' | 'is_tracked' | 'allows_backorder'
> & { readonly priority: number };

/**
 * What of the variants is where, by variant, in the order in which the locations are asked; a unit of work holds the rows, in
 * the order of the ids. Of a location that is sold from no more there is what is kept of it for who asks.
 */
export async function loadSellableItems(
  queries: SqlQueries,
  { storeId, preferred, held }: Selling,
  demands: readonly StockDemand[],
): Promise<ReadonlyMap<string, readonly SellableItem[]>> {
  const byVariant = new Map<string, SellableItem[]>(
    demands.map(({ variantId }) => [variantId, []]),
  );
  const own = quantitiesAt(held);
  const locationIds = new Set(held.map(({ locationId }) => locationId));
  const rows = await queries.query<ItemRow>(sql`
    SELECT s.variant_id, s.location_id, s.on_hand, s.reserved, s.is_tracked, s.allows_backorder,
      ${salePriority} AS priority
    FROM stock_item s${heldRows(queries)}
    JOIN location l ON l.id = s.location_id
    WHERE l.store_id = ${storeId} AND s.variant_id IN ${sql.in([...byVariant.keys()])}
      AND (${salePriority} > 0 OR l.id IN ${sql.in([...locationIds])})
    ORDER BY s.variant_id, CASE WHEN ${salePriority} > 0 THEN 0 ELSE 1 END, ${sellingOrder(preferred)}`);
  for (const row of rows) {
    const { variant_id: variantId, location_id: locationId } = row;
    const kept = own.get(placeOf({ variantId, locationId })) ?? 0;
    const free = row.on_hand - row.reserved + kept;
    const isSelling = row.priority > 0;
    byVariant.get(variantId)?.push({
      locationId,
      free: isSelling ? free : Math.min(free, kept),
      isTracked: row.is_tracked === 1 || !isSelling,
      allowsBackorder: row.allows_backorder === 1 && isSelling,
    });
  }
  return byVariant;
}
