import { Injectable } from '@nestjs/common';
import {
  heldRows,
  insertRows,
  KeepsLedger,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import { lowerReserved, raiseReserved, type Reserved } from './reserved-stock.js';
import type { StockHoldEntity } from './stock-hold.entity.js';
import { placeOf, type LocatedStock, type StockDemand } from './stock-statements.js';

/** For whom goods are kept, and for how long. */
export interface StockHolder {
  readonly holderId: string;
  readonly storeId: string;
  /** Epoch milliseconds, by the clock of the database. */
  readonly now: number;
  readonly expiresAt: number;
}

/** What is kept of what was wanted. */
export interface KeptStock {
  readonly kept: ReadonlySet<string>;
  /** Variants of which there is too little. */
  readonly short: ReadonlySet<string>;
}

interface Hold extends LocatedStock {
  readonly expiresAt: number;
}

type HoldRow = RowOf<StockHoldEntity, 'variant_id' | 'location_id' | 'quantity' | 'expires_at'>;

/** Holds that are released together. */
const PER_BATCH = 50;

/**
 * Keeps goods for those who may buy them soon: what is reserved of a stock item is the sum of its holds, and both are
 * written in one unit of work. Units of work that write the holds of one holder must take turns by themselves. A hold is
 * given back once, by whichever statement deletes its row.
 */
@Injectable()
@KeepsLedger({
  name: 'holds',
  key: ['variant_id', 'location_id'],
  entries: { table: 'stock_hold', amount: 'quantity' },
  balances: { table: 'stock_item', amount: 'reserved' },
})
export class StockHolds {
  /** Which variants are kept for a holder. */
  async list(queries: SqlQueries, holderId: string): Promise<ReadonlySet<string>> {
    const holds = await load(queries, [holderId]);
    return new Set(holds.map(({ variantId }) => variantId));
  }

  /**
   * Brings what is kept for a holder to what is wanted, each variant once, and renews it. What is wanted of a variant is
   * kept whole, of one location or of several, or stays as it was. What others hold that has expired is no
   * reason: it is released on the spot.
   */
  async bring(
    tx: Transaction,
    holder: StockHolder,
    wanted: readonly StockDemand[],
  ): Promise<KeptStock> {
    const { holderId, expiresAt } = holder;
    const there = await load(tx, [holderId]);
    const targets = new Map(wanted.map(({ variantId, quantity }) => [variantId, quantity]));
    const { kept: stays, surplus } = cutTo(there, targets);
    await lowerReserved(tx, surplus);
    const had = totals(there);
    const missing = wanted
      .map(({ variantId, quantity }) => ({
        variantId,
        quantity: quantity - (had.get(variantId) ?? 0),
      }))
      .filter(({ quantity }) => quantity > 0);
    const { parts, short } = await this.raise(tx, holder, missing);
    const kept = joined([...stays, ...parts].map((part) => ({ ...part, expiresAt })));
    if (there.length > 0)
      await tx.execute(sql`DELETE FROM stock_hold WHERE holder_id = ${holderId}`);
    await insert(tx, holderId, kept);
    return {
      kept: new Set(kept.map(({ variantId }) => variantId)),
      short: new Set(short.map(({ variantId }) => variantId)),
    };
  }

  /** What is kept for two is kept for one, of each variant at most what is told; the rest is given back. */
  async merge(
    tx: Transaction,
    { from, into }: { readonly from: string; readonly into: string },
    most: ReadonlyMap<string, number>,
  ): Promise<void> {
    const { kept, surplus } = cutTo(joined(await load(tx, [from, into])), most);
    await lowerReserved(tx, surplus);
    await tx.execute(sql`DELETE FROM stock_hold WHERE holder_id IN ${sql.in([from, into])}`);
    await insert(tx, into, kept);
  }

  /** Gives back everything that is kept for holders. */
  async release(tx: Transaction, holderIds: readonly string[]): Promise<void> {
    await releaseWhere(tx, sql`holder_id IN ${sql.in(holderIds)}`);
  }

  /** Gives back a batch of what has expired; answers how many holds that were. */
  async releaseExpired(tx: Transaction, now: number): Promise<number> {
    const rows = await tx.query<RowOf<StockHoldEntity, 'holder_id'>>(sql`
      SELECT holder_id
      FROM stock_hold
      WHERE expires_at <= ${now}
      ORDER BY expires_at, holder_id, variant_id, location_id
      ${sql.limit(PER_BATCH)}`);
    if (rows.length === 0) return 0;
    const holderIds = new Set(rows.map(({ holder_id: holderId }) => holderId));
    return releaseWhere(tx, sql`holder_id IN ${sql.in([...holderIds])} AND expires_at <= ${now}`);
  }

  private async raise(
    tx: Transaction,
    { holderId, storeId, now }: StockHolder,
    demands: readonly StockDemand[],
  ): Promise<Reserved> {
    const raised = await raiseReserved(tx, storeId, demands);
    if (raised.short.length === 0) return raised;
    const isOfThem = sql`variant_id IN ${sql.in(raised.short.map(({ variantId }) => variantId))}`;
    const freed = await releaseWhere(
      tx,
      sql`${isOfThem} AND expires_at <= ${now} AND holder_id <> ${holderId}`,
    );
    if (freed === 0) return raised;
    const { parts, short } = await raiseReserved(tx, storeId, raised.short);
    return { parts: [...raised.parts, ...parts], short };
  }
}

/**
 * Takes the rows of a holder away without giving anything back: the caller lowers what is reserved of the items in a
 * statement of its own.
 */
export async function takeHolds(tx: Transaction, holderId: string): Promise<LocatedStock[]> {
  return removeWhere(tx, sql`holder_id = ${holderId}`);
}

/** What is kept for one is kept for another from now on, who has nothing yet. */
export async function handOverHolds(
  tx: Transaction,
  {
    from,
    to,
    expiresAt,
  }: { readonly from: string; readonly to: string; readonly expiresAt: number },
): Promise<void> {
  await tx.execute(sql`
    UPDATE stock_hold
    SET holder_id = ${to}, expires_at = ${expiresAt}
    WHERE holder_id = ${from}`);
}

async function releaseWhere(tx: Transaction, condition: SqlStatement): Promise<number> {
  const holds = await removeWhere(tx, condition);
  await lowerReserved(tx, holds);
  return holds.length;
}

async function removeWhere(tx: Transaction, condition: SqlStatement): Promise<LocatedStock[]> {
  const rows = await tx.query<Omit<HoldRow, 'expires_at'>>(sql`
    DELETE FROM stock_hold
    ${sql.byDialect({
      sqlite: sql.empty,
      mssql: sql`OUTPUT deleted.variant_id, deleted.location_id, deleted.quantity`,
    })}
    WHERE ${condition}
    ${sql.byDialect({ sqlite: sql`RETURNING variant_id, location_id, quantity`, mssql: sql.empty })}`);
  return rows.map(({ variant_id: variantId, location_id: locationId, quantity }) => ({
    variantId,
    locationId,
    quantity,
  }));
}

/** In a unit of work they are held until it ends, so that no job releases what is about to be renewed. */
async function load(queries: SqlQueries, holderIds: readonly string[]): Promise<Hold[]> {
  const rows = await queries.query<HoldRow>(sql`
    SELECT variant_id, location_id, quantity, expires_at
    FROM stock_hold${heldRows(queries)}
    WHERE holder_id IN ${sql.in(holderIds)}
    ORDER BY variant_id, location_id, holder_id`);
  return rows.map((row) => ({
    variantId: row.variant_id,
    locationId: row.location_id,
    quantity: row.quantity,
    expiresAt: row.expires_at,
  }));
}

function insert(tx: Transaction, holderId: string, holds: readonly Hold[]): Promise<void> {
  return insertRows(
    tx,
    'stock_hold',
    holds.map(({ variantId, locationId, quantity, expiresAt }) => ({
      holder_id: holderId,
      variant_id: variantId,
      location_id: locationId,
      quantity,
      expires_at: expiresAt,
    })),
  );
}

/** What is kept by variant. */
function totals(holds: readonly LocatedStock[]): ReadonlyMap<string, number> {
  const byVariant = new Map<string, number>();
  for (const { variantId, quantity } of holds) {
    byVariant.set(variantId, (byVariant.get(variantId) ?? 0) + quantity);
  }
  return byVariant;
}

/** One hold of each item, for as long as the longest. */
function joined(holds: readonly Hold[]): Hold[] {
  const byPlace = new Map<string, Hold>();
  for (const hold of holds) {
    const other = byPlace.get(placeOf(hold));
    byPlace.set(placeOf(hold), {
      ...hold,
      quantity: hold.quantity + (other?.quantity ?? 0),
      expiresAt: Math.max(hold.expiresAt, other?.expiresAt ?? 0),
    });
  }
  return [...byPlace.values()];
}

/** Of each variant at most so much, and what is above it. */
function cutTo(
  holds: readonly Hold[],
  most: ReadonlyMap<string, number>,
): { readonly kept: Hold[]; readonly surplus: Hold[] } {
  const left = new Map(most);
  const cut = holds.map((hold) => {
    const quantity = Math.min(hold.quantity, left.get(hold.variantId) ?? 0);
    left.set(hold.variantId, (left.get(hold.variantId) ?? 0) - quantity);
    return { hold, quantity };
  });
  return {
    kept: cut.flatMap(({ hold, quantity }) => (quantity > 0 ? [{ ...hold, quantity }] : [])),
    surplus: cut.flatMap(({ hold, quantity }) =>
      hold.quantity > quantity ? [{ ...hold, quantity: hold.quantity - quantity }] : [],
    ),
  };
}
