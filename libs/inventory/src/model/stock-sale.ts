import { chunksOf, MAX_PARAMETERS, sql, type Transaction } from '#libs/database';
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

/** Of a demand, and of what is kept of it at one place, in the statement that takes what there is whole; and beside them. */
const PARAMETERS_OF_DEMAND = 5;
const PARAMETERS_OF_HELD = 6;
const OTHER_PARAMETERS = 20;

interface Portion {
  readonly demands: StockDemand[];
  readonly held: LocatedStock[];
}

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

async function takeWhole(
  tx: Transaction,
  selling: Selling,
  demands: readonly StockDemand[],
): Promise<MovedRow[]> {
  const rows: MovedRow[] = [];
  for (const portion of portionsOf(demands, selling.held)) {
    const own = { ...selling, held: portion.held };
    rows.push(
      ...(await tx.query<MovedRow>(sql`
        UPDATE stock_item
        SET on_hand = on_hand - CASE WHEN is_tracked = 1 THEN ${quantityOf(portion.demands)} ELSE 0 END,
          ${released(own)}
          version = version + is_tracked
        ${movedRows.output}
        WHERE ${haveWhole(own, portion.demands)}
        ${movedRows.returning}`)),
    );
  }
  return rows;
}

/** Demands with what is kept of them: as many as one statement takes, which nearly always is all. */
function portionsOf(demands: readonly StockDemand[], held: readonly LocatedStock[]): Portion[] {
  const portions: Portion[] = [];
  let room = 0;
  for (const demand of demands) {
    const kept = held.filter(({ variantId }) => variantId === demand.variantId);
    const parameters = PARAMETERS_OF_DEMAND + kept.length * PARAMETERS_OF_HELD;
    if (parameters > room) {
      portions.push({ demands: [], held: [] });
      room = MAX_PARAMETERS - OTHER_PARAMETERS;
    }
    room -= parameters;
    const portion = portions.at(-1);
    portion?.demands.push(demand);
    portion?.held.push(...kept);
  }
  return portions;
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
    const places = new Set(chunk.map(placeOf));
    const held = selling.held.filter((part) => places.has(placeOf(part)));
    rows.push(...(await takeParts(tx, held, chunk)));
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
  held: readonly LocatedStock[],
  parts: readonly LocatedStock[],
): Promise<MovedRow[]> {
  return tx.query<MovedRow>(sql`
    UPDATE stock_item
    SET on_hand = on_hand - ${quantityAt(parts)},
      ${released({ held })}
      version = version + 1
    ${movedRows.output}
    WHERE ${areThose(parts)} AND is_tracked = 1
      AND (allows_backorder = 1 OR on_hand - reserved + ${quantityAt(held)} >= ${quantityAt(parts)})
    ${movedRows.returning}`);
}

/** What they take is kept for them no longer. */
function released({ held }: Pick<Selling, 'held'>) {
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
