import { chunksOf, sql, type Transaction } from '#libs/database';
import { inventoryTags } from './inventory.tags.js';
import { loadSellableItems } from './sellable-items.js';
import { spreadKept } from './spread.js';
import { stockOfRow } from './stock-items.js';
import {
  areThose,
  haveWhole,
  movedRows,
  PER_STATEMENT,
  placeOf,
  placeOfRow,
  quantitiesAt,
  quantityAt,
  quantityOf,
  type LocatedStock,
  type MovedRow,
  type StockDemand,
} from './stock-statements.js';
import { availabilityOf } from './stock.js';

/** What was reserved of what was wanted. */
export interface Reserved {
  /** Of what there is always enough nothing. */
  readonly parts: readonly LocatedStock[];
  /** Variants of which there is too little; nothing was reserved of them. */
  readonly short: readonly StockDemand[];
}

/**
 * Reserves of each variant what is wanted of it, whole or not at all; where no location has it whole, a part at each. Of what
 * there is always enough nothing is reserved. The version stays: what staff state of an item is not what is reserved of it.
 */
export async function raiseReserved(
  tx: Transaction,
  storeId: string,
  demands: readonly StockDemand[],
): Promise<Reserved> {
  if (demands.length === 0) return { parts: [], short: [] };
  const wanted = new Map(demands.map(({ variantId, quantity }) => [variantId, quantity]));
  const rows = await tx.query<MovedRow>(sql`
    UPDATE stock_item
    SET reserved = reserved + CASE
      WHEN is_tracked = 1 AND allows_backorder = 0 THEN ${quantityOf(demands)}
      ELSE 0
    END
    ${movedRows.output}
    WHERE ${haveWhole({ storeId, preferred: null, held: [] }, demands)}
    ${movedRows.returning}`);
  const found = new Set(rows.map((row) => row.variant_id));
  const parts = rows.filter(isCounted).map((row) => {
    const quantity = wanted.get(row.variant_id) ?? 0;
    tellOthers(tx, row, quantity);
    return { variantId: row.variant_id, locationId: row.location_id, quantity };
  });
  const left = demands.filter(({ variantId }) => !found.has(variantId));
  if (left.length === 0) return { parts, short: [] };
  const spread = await raiseSpread(tx, storeId, left);
  return { parts: [...parts, ...spread.parts], short: spread.short };
}

/** Of what the first location has not whole. */
async function raiseSpread(
  tx: Transaction,
  storeId: string,
  demands: readonly StockDemand[],
): Promise<Reserved> {
  const items = await loadSellableItems(tx, { storeId, preferred: null, held: [] }, demands);
  const short: StockDemand[] = [];
  const parts: LocatedStock[] = [];
  for (const demand of demands) {
    const { variantId, quantity } = demand;
    const kept = spreadKept(items.get(variantId) ?? [], quantity);
    if (kept === undefined) short.push(demand);
    else parts.push(...kept.map((part) => ({ ...part, variantId })));
  }
  // The rows are held since they were read, so what is there is still there.
  await changeReserved(tx, parts, 1);
  return { parts, short };
}

/** Gives back what was reserved; an item that is no longer kept is left out. */
export async function lowerReserved(
  tx: Transaction,
  holds: readonly LocatedStock[],
): Promise<void> {
  await changeReserved(tx, joinedStock(holds), -1);
}

/** One part of each item. Pure. */
export function joinedStock(parts: readonly LocatedStock[]): LocatedStock[] {
  const byPlace = new Map<string, LocatedStock>();
  for (const part of parts) {
    const place = placeOf(part);
    const { quantity } = byPlace.get(place) ?? { quantity: 0 };
    const { variantId, locationId } = part;
    byPlace.set(place, { variantId, locationId, quantity: quantity + part.quantity });
  }
  return [...byPlace.values()];
}

async function changeReserved(
  tx: Transaction,
  parts: readonly LocatedStock[],
  sign: 1 | -1,
): Promise<void> {
  const sorted = parts.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  const moved = quantitiesAt(sorted);
  for (const chunk of chunksOf(sorted, PER_STATEMENT)) {
    const rows = await tx.query<MovedRow>(sql`
      UPDATE stock_item
      SET reserved = reserved + ${sign} * ${quantityAt(chunk)}
      ${movedRows.output}
      WHERE ${areThose(chunk)}
      ${movedRows.returning}`);
    for (const row of rows) tellOthers(tx, row, sign * (moved.get(placeOfRow(row)) ?? 0));
  }
}

/** Whether holds of an item are counted: there is not always enough of it. */
function isCounted(row: MovedRow): boolean {
  return row.is_tracked === 1 && row.allows_backorder === 0;
}

/** Shoppers' copies are voided where they see something else than before. */
function tellOthers(tx: Transaction, row: MovedRow, raisedBy: number): void {
  const after = stockOfRow(row);
  const before = { ...after, reserved: after.reserved - raisedBy };
  if (availabilityOf(before) !== availabilityOf(after)) {
    tx.invalidate(inventoryTags.availability(row.product_id));
  }
}
