import { chunksOf, sql, type Transaction } from '#libs/database';
import { inventoryTags } from './inventory.tags.js';
import { stockOfRow } from './stock-items.js';
import {
  areOf,
  isEnough,
  movedRows,
  PER_STATEMENT,
  quantityOf,
  type MovedRow,
  type StockDemand,
} from './stock-statements.js';
import { availabilityOf } from './stock.js';

/** A part of what is reserved of a stock item. */
export interface LocatedHold extends StockDemand {
  readonly locationId: string;
}

/**
 * Reserves of each variant what is wanted of it, of those of which there is as much on hand that is not reserved; nothing of the others.
 * Answers the items of which there is enough. Of what there is always enough nothing is reserved. The version stays: what staff
 * state of an item is not what is reserved of it.
 */
export async function raiseReserved(
  tx: Transaction,
  storeId: string,
  demands: readonly StockDemand[],
): Promise<readonly MovedRow[]> {
  if (demands.length === 0) return [];
  const rows = await tx.query<MovedRow>(sql`
    UPDATE stock_item
    SET reserved = reserved + CASE
      WHEN is_tracked = 1 AND allows_backorder = 0 THEN ${quantityOf(demands)}
      ELSE 0
    END
    ${movedRows.output}
    WHERE ${areOf(storeId, demands)}
      AND ${isEnough(demands)}
    ${movedRows.returning}`);
  const raised = new Map(demands.map(({ variantId, quantity }) => [variantId, quantity]));
  for (const row of rows.filter(isCounted)) {
    tellOthers(tx, row, raised.get(row.variant_id) ?? 0);
  }
  return rows;
}

/** Whether holds of an item are counted: there is not always enough of it. */
export function isCounted(row: Pick<MovedRow, 'is_tracked' | 'allows_backorder'>): boolean {
  return row.is_tracked === 1 && row.allows_backorder === 0;
}

/** Gives back what was reserved; an item that is no longer kept is left out. */
export async function lowerReserved(tx: Transaction, holds: readonly LocatedHold[]): Promise<void> {
  const byVariant = new Map<string, LocatedHold>();
  for (const hold of holds) {
    const { quantity } = byVariant.get(hold.variantId) ?? { quantity: 0 };
    byVariant.set(hold.variantId, { ...hold, quantity: hold.quantity + quantity });
  }
  for (const chunk of chunksOf([...byVariant.values()].toSorted(byId), PER_STATEMENT)) {
    const locations = new Set(chunk.map(({ locationId }) => locationId));
    const rows = await tx.query<MovedRow>(sql`
      UPDATE stock_item
      SET reserved = reserved - ${quantityOf(chunk)}
      ${movedRows.output}
      WHERE variant_id IN ${sql.in(chunk.map(({ variantId }) => variantId))}
        AND location_id IN ${sql.in([...locations])}
      ${movedRows.returning}`);
    for (const row of rows) tellOthers(tx, row, -(byVariant.get(row.variant_id)?.quantity ?? 0));
  }
}

/** Shoppers' copies are voided where they see something else than before. */
function tellOthers(tx: Transaction, row: MovedRow, raisedBy: number): void {
  const after = stockOfRow(row);
  const before = { ...after, reserved: after.reserved - raisedBy };
  if (availabilityOf(before) !== availabilityOf(after)) {
    tx.invalidate(inventoryTags.availability(row.product_id));
  }
}

function byId(one: StockDemand, other: StockDemand): number {
  return one.variantId < other.variantId ? -1 : 1;
}
