import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import { inventoryErrors } from './inventory.errors.js';
import { inventoryTags } from './inventory.tags.js';
import { MAIN_LOCATION } from './main-location.js';
import type { StockItemEntity } from './stock-item.entity.js';
import { stockOfRow, type StockItemRow } from './stock-items.js';
import { StockLedgerRepository } from './stock-ledger.repository.js';
import type { LedgerReason } from './stock-book.js';
import { availabilityOf } from './stock.js';

/** How much of a variant is sold or given back; each variant once. */
export interface StockDemand {
  readonly variantId: string;
  /** At least 1. */
  readonly quantity: number;
}

/** What became of demands that are taken one by one. */
export interface TakenEach {
  /** Variants whose number was changed. */
  readonly counted: ReadonlySet<string>;
  /** Variants of which there was too little; nothing of them was taken. */
  readonly short: ReadonlySet<string>;
}

/** Each has three parameters, and SQL Server takes 2,100. */
const PER_STATEMENT = 500;

type MovedRow = StockItemRow & RowOf<StockItemEntity, 'location_id'>;

const OUTPUT = sql`
  OUTPUT inserted.variant_id, inserted.product_id, inserted.location_id, inserted.on_hand,
    inserted.reserved, inserted.is_tracked, inserted.allows_backorder, inserted.version`;
const RETURNING = sql`
  RETURNING variant_id, product_id, location_id, on_hand, reserved, is_tracked, allows_backorder, version`;

/**
 * Moves stock when something is sold, or a sale is undone: one conditional statement for all variants,
 * whatever their number, and one for the ledger. Shoppers' copies are voided only where they see
 * something else than before.
 */
@Injectable()
export class StockTaker {
  constructor(private readonly ledger: StockLedgerRepository) {}

  /**
   * Takes everything or throws `inventory.not-enough`, naming the variants that are short: tracked ones
   * without back-orders never go below what is reserved. Answers the variants whose number was changed;
   * of the others there is always enough.
   */
  async take(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
  ): Promise<ReadonlySet<string>> {
    const { rows, short } = await this.moveEnough(tx, storeId, demands);
    if (short.length > 0) throw inventoryErrors.notEnough({ details: { variantIds: short } });
    return this.record(tx, rows, demands, { sign: -1, reason: 'sale' });
  }

  /** Takes all of what there is enough of, and nothing of the others. */
  async takeEach(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
  ): Promise<TakenEach> {
    const { rows, short } = await this.moveEnough(tx, storeId, demands);
    const counted = await this.record(tx, rows, demands, { sign: -1, reason: 'sale' });
    return { counted, short: new Set(short) };
  }

  /** Of which variants there is as much as is wanted, for now. */
  async findEnough(
    queries: SqlQueries,
    storeId: string,
    demands: readonly StockDemand[],
  ): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const chunk of chunksOf(demands, PER_STATEMENT)) {
      const rows = await queries.query<RowOf<StockItemEntity, 'variant_id'>>(sql`
        SELECT variant_id
        FROM stock_item
        WHERE ${areOf(storeId, chunk)} AND ${isEnough(chunk)}`);
      for (const { variant_id: variantId } of rows) found.add(variantId);
    }
    return found;
  }

  /** Gives back what was taken; a variant that is no longer kept is left out. */
  async giveBack(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    reason: Extract<LedgerReason, 'cancellation' | 'return'>,
  ): Promise<void> {
    const rows = await this.move(tx, storeId, demands, { sign: 1, condition: sql`1 = 1` });
    await this.record(tx, rows, demands, { sign: 1, reason });
  }

  private async moveEnough(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
  ): Promise<{ readonly rows: readonly MovedRow[]; readonly short: readonly string[] }> {
    const how = { sign: -1, condition: isEnough(demands) } as const;
    const rows = await this.move(tx, storeId, demands, how);
    const found = new Set(rows.map(({ variant_id: variantId }) => variantId));
    const short = demands.map(({ variantId }) => variantId).filter((id) => !found.has(id));
    return { rows, short };
  }

  private async move(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    { sign, condition }: { readonly sign: 1 | -1; readonly condition: SqlStatement },
  ): Promise<MovedRow[]> {
    if (demands.length === 0) return [];
    const change = sql`${demandOf(demands)} * ${sign}`;
    return tx.query<MovedRow>(sql`
      UPDATE stock_item
      SET on_hand = on_hand + CASE WHEN is_tracked = 1 THEN ${change} ELSE 0 END,
        version = version + is_tracked
      ${sql.byDialect({ sqlite: sql.empty, mssql: OUTPUT })}
      WHERE ${areOf(storeId, demands)}
        AND ${condition}
      ${sql.byDialect({ sqlite: RETURNING, mssql: sql.empty })}`);
  }

  private async record(
    tx: Transaction,
    rows: readonly MovedRow[],
    demands: readonly StockDemand[],
    { sign, reason }: { readonly sign: 1 | -1; readonly reason: LedgerReason },
  ): Promise<ReadonlySet<string>> {
    const byVariant = new Map(demands.map(({ variantId, quantity }) => [variantId, quantity]));
    const counted = rows.filter((row) => row.is_tracked === 1);
    for (const row of counted) {
      const after = stockOfRow(row);
      const moved = sign * (byVariant.get(row.variant_id) ?? 0);
      const before = { ...after, onHand: after.onHand - moved };
      if (availabilityOf(before) !== availabilityOf(after)) {
        tx.invalidate(inventoryTags.availability(row.product_id));
      }
    }
    const [first] = counted;
    if (first !== undefined) {
      await this.ledger.record(
        tx,
        first.location_id,
        counted.map((row) => ({
          variantId: row.variant_id,
          quantity: sign * (byVariant.get(row.variant_id) ?? 0),
          reason,
        })),
      );
    }
    return new Set(counted.map(({ variant_id: variantId }) => variantId));
  }
}

/** The rows of what is sold from. */
function areOf(storeId: string, demands: readonly StockDemand[]): SqlStatement {
  return sql`location_id IN (SELECT id FROM location WHERE store_id = ${storeId} AND code = ${MAIN_LOCATION})
    AND variant_id IN ${sql.in(demands.map(({ variantId }) => variantId))}`;
}

/** Tracked variants without back-orders never go below what is reserved. */
function isEnough(demands: readonly StockDemand[]): SqlStatement {
  return sql`(is_tracked = 0 OR allows_backorder = 1 OR on_hand - reserved >= ${demandOf(demands)})`;
}

/** How much of the row at hand is wanted. */
function demandOf(demands: readonly StockDemand[]): SqlStatement {
  const cases = demands.map(({ variantId, quantity }) => sql`WHEN ${variantId} THEN ${quantity}`);
  return sql`CASE variant_id ${sql.join(cases, ' ')} ELSE 0 END`;
}
