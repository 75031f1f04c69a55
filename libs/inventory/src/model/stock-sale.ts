import { chunksOf, sql, type Transaction } from '#libs/database';
import { inventoryErrors } from './inventory.errors.js';
import { loadSellableItems } from './sellable-items.js';
import { spread } from './spread.js';
import {
  areThose,
  haveWhole,
  movedRows,
  PER_STATEMENT,
  placeOf,
  placeOfRow,
  quantityAt,
  quantityOf,
  type LocatedStock,
  type MovedRow,
  type Selling,
  type StockDemand,
} from './stock-statements.js';

/** What a sale has changed. */
export interface StockSale {
  /** Stock items as they are now, also those of which nothing is counted. */
  readonly rows: readonly MovedRow[];
  /** What was taken of counted items. */
  readonly parts: readonly LocatedStock[];
  /** Variants of which there is too little; nothing was taken of them. */
  readonly short: readonly string[];
}

/**
 * Takes all of what there is enough of, and nothing of the others. Where the first location has everything whole it is one conditional
 * statement, whatever the number of variants; for the rest the items of the other locations are read, held, and taken from
 * by the rule of {@link spread}. What is kept for who buys counts as theirs, and is kept no longer where they take it.
 */
export async function sell(
  tx: Transaction,
  selling: Selling,
  demands: readonly StockDemand[],
): Promise<StockSale> {
  if (demands.length === 0) return { rows: [], parts: [], short: [] };
  const rows = await takeWhole(tx, selling, demands);
  const found = new Set(rows.map((row) => row.variant_id));
  const wanted = new Map(demands.map(({ variantId, quantity }) => [variantId, quantity]));
  const parts = rows
    .filter((row) => row.is_tracked === 1)
    .map((row) => ({
      variantId: row.variant_id,
      locationId: row.location_id,
      quantity: wanted.get(row.variant_id) ?? 0,
    }));
  const left = demands.filter(({ variantId }) => !found.has(variantId));
  if (left.length === 0) return { rows, parts, short: [] };
  const rest = await sellSpread(tx, selling, left);
  return { rows: [...rows, ...rest.rows], parts: [...parts, ...rest.parts], short: rest.short };
}

function takeWhole(
  tx: Transaction,
  selling: Selling,
  demands: readonly StockDemand[],
): Promise<MovedRow[]> {
  return tx.query<MovedRow>(sql`
    UPDATE stock_item
    SET on_hand = on_hand - CASE WHEN is_tracked = 1 THEN ${quantityOf(demands)} ELSE 0 END,
      ${released(selling)}
      version = version + is_tracked
    ${movedRows.output}
    WHERE ${haveWhole(selling, demands)}
    ${movedRows.returning}`);
}

async function sellSpread(
  tx: Transaction,
  selling: Selling,
  demands: readonly StockDemand[],
): Promise<StockSale> {
  const items = await loadSellableItems(tx, selling, demands);
  const short: string[] = [];
  const parts: LocatedStock[] = [];
  for (const { variantId, quantity } of demands) {
    const taken = spread(items.get(variantId) ?? [], quantity);
    if (taken === undefined) short.push(variantId);
    else parts.push(...taken.map((part) => ({ ...part, variantId })));
  }
  const rows: MovedRow[] = [];
  for (const chunk of chunksOf(parts, PER_STATEMENT)) {
    rows.push(...(await takeParts(tx, selling, chunk)));
  }
  // The rows are held since they were read; should they not be, nothing goes below zero, and nothing is taken in part.
  if (rows.length < parts.length) {
    const variantIds = [...new Set(parts.map(({ variantId }) => variantId))];
    throw inventoryErrors.notEnough({ details: { variantIds } });
  }
  return { rows, parts, short };
}

function takeParts(
  tx: Transaction,
  selling: Selling,
  parts: readonly LocatedStock[],
): Promise<MovedRow[]> {
  return tx.query<MovedRow>(sql`
    UPDATE stock_item
    SET on_hand = on_hand - ${quantityAt(parts)},
      ${released(selling)}
      version = version + 1
    ${movedRows.output}
    WHERE ${areThose(parts)} AND is_tracked = 1
      AND (allows_backorder = 1 OR on_hand - reserved + ${quantityAt(selling.held)} >= ${quantityAt(parts)})
    ${movedRows.returning}`);
}

/** What they take is kept for them no longer. */
function released({ held }: Selling) {
  return held.length === 0 ? sql.empty : sql`reserved = reserved - ${quantityAt(held)},`;
}

/** What is kept of items that were not taken from. */
export function leftOf(
  held: readonly LocatedStock[],
  rows: readonly MovedRow[],
): readonly LocatedStock[] {
  const taken = new Set(rows.map(placeOfRow));
  return held.filter((part) => !taken.has(placeOf(part)));
}
