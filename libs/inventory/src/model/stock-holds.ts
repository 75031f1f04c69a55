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
import { isCounted, lowerReserved, raiseReserved, type LocatedHold } from './reserved-stock.js';
import type { StockHoldEntity } from './stock-hold.entity.js';
import type { StockDemand } from './stock-statements.js';

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

interface Hold extends LocatedHold {
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
   * kept whole or stays as it was. What others hold that has expired is no
   * reason: it is released on the spot.
   */
  async bring(
    tx: Transaction,
    holder: StockHolder,
    wanted: readonly StockDemand[],
  ): Promise<KeptStock> {
    const { holderId, expiresAt } = holder;
    const there = new Map((await load(tx, [holderId])).map((hold) => [hold.variantId, hold]));
    const targets = new Map(wanted.map(({ variantId, quantity }) => [variantId, quantity]));
    const lowered = differences([...there.values()], (id) => targets.get(id) ?? 0);
    const raised = differences(wanted, (id) => there.get(id)?.quantity ?? 0);
    await lowerReserved(tx, lowered);
    const items = await this.raise(tx, holder, raised);
    const isRaised = new Set(raised.map(({ variantId }) => variantId));
    const kept = wanted.flatMap(({ variantId, quantity }): Hold[] => {
      const before = there.get(variantId);
      const item = items.get(variantId);
      if (item !== undefined && isCounted(item)) {
        return [{ variantId, quantity, locationId: item.location_id, expiresAt }];
      }
      if (before === undefined) return [];
      const quantityKept = isRaised.has(variantId) ? before.quantity : quantity;
      return [{ ...before, quantity: quantityKept, expiresAt }];
    });
    if (there.size > 0) await tx.execute(sql`DELETE FROM stock_hold WHERE holder_id = ${holderId}`);
    await insert(tx, holderId, kept);
    return {
      kept: new Set(kept.map(({ variantId }) => variantId)),
      short: new Set([...isRaised].filter((variantId) => !items.has(variantId))),
    };
  }

  /** What is kept for two is kept for one, of each variant at most what is told; the rest is given back. */
  async merge(
    tx: Transaction,
    { from, into }: { readonly from: string; readonly into: string },
    most: ReadonlyMap<string, number>,
  ): Promise<void> {
    const merged = new Map<string, Hold>();
    for (const hold of await load(tx, [from, into])) {
      const other = merged.get(hold.variantId);
      merged.set(hold.variantId, {
        ...hold,
        quantity: hold.quantity + (other?.quantity ?? 0),
        expiresAt: Math.max(hold.expiresAt, other?.expiresAt ?? 0),
      });
    }
    const mostOf = (variantId: string) => most.get(variantId) ?? 0;
    await lowerReserved(tx, differences([...merged.values()], mostOf));
    await tx.execute(sql`DELETE FROM stock_hold WHERE holder_id IN ${sql.in([from, into])}`);
    const kept = [...merged.values()].map((hold) => ({
      ...hold,
      quantity: Math.min(hold.quantity, mostOf(hold.variantId)),
    }));
    await insert(
      tx,
      into,
      kept.filter(({ quantity }) => quantity > 0),
    );
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
  ) {
    const raised = await raiseReserved(tx, storeId, demands);
    const items = new Map(raised.map((row) => [row.variant_id, row]));
    const short = demands.filter(({ variantId }) => !items.has(variantId));
    if (short.length === 0) return items;
    const isOfThem = sql`variant_id IN ${sql.in(short.map(({ variantId }) => variantId))}`;
    const freed = await releaseWhere(
      tx,
      sql`${isOfThem} AND expires_at <= ${now} AND holder_id <> ${holderId}`,
    );
    if (freed === 0) return items;
    for (const row of await raiseReserved(tx, storeId, short)) items.set(row.variant_id, row);
    return items;
  }
}

/**
 * Takes the rows of a holder away without giving anything back: the caller lowers what is reserved of the items in a
 * statement of its own.
 */
export async function takeHolds(tx: Transaction, holderId: string): Promise<LocatedHold[]> {
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

async function removeWhere(tx: Transaction, condition: SqlStatement): Promise<LocatedHold[]> {
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

/** By how much each is above what there is of it otherwise. */
function differences<Demand extends StockDemand>(
  demands: readonly Demand[],
  otherwise: (variantId: string) => number,
): Demand[] {
  return demands
    .map((demand) => ({ ...demand, quantity: demand.quantity - otherwise(demand.variantId) }))
    .filter(({ quantity }) => quantity > 0);
}
