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
import { lowerReserved, type LocatedHold } from './reserved-stock.js';
import { handOverHolds, takeHolds } from './stock-holds.js';
import type { StockItemEntity } from './stock-item.entity.js';
import { stockOfRow } from './stock-items.js';
import { StockLedgerRepository } from './stock-ledger.repository.js';
import {
  areOf,
  isEnough,
  movedRows,
  PER_STATEMENT,
  quantityOf,
  type MovedRow,
  type StockDemand,
} from './stock-statements.js';
import type { LedgerReason } from './stock-book.js';
import { availabilityOf } from './stock.js';

/** What became of demands that are taken one by one. */
export interface TakenEach {
  /** Variants whose number was changed. */
  readonly counted: ReadonlySet<string>;
  /** Variants of which there was too little; nothing of them was taken. */
  readonly short: ReadonlySet<string>;
}

interface Moved {
  readonly rows: readonly MovedRow[];
  readonly short: readonly string[];
  readonly held: readonly LocatedHold[];
}

interface Movement {
  readonly sign: 1 | -1;
  readonly condition: SqlStatement;
  /** What of it was reserved until now. */
  readonly held?: readonly StockDemand[];
}

type Reason = Omit<Movement, 'condition'> & { readonly reason: LedgerReason };

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
   * of the others there is always enough. What is kept for `holderId` is taken before anything else, by the same statement, and
   * is kept no longer.
   */
  async take(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    holderId?: string,
  ): Promise<ReadonlySet<string>> {
    const { rows, short, held } = await this.moveEnough(tx, storeId, demands, holderId);
    if (short.length > 0) throw inventoryErrors.notEnough({ details: { variantIds: short } });
    return this.record(tx, rows, demands, { sign: -1, reason: 'sale', held });
  }

  /** Takes all of what there is enough of, and nothing of the others; what is kept for `holderId` is kept no longer. */
  async takeEach(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    holderId?: string,
  ): Promise<TakenEach> {
    const { rows, short, held } = await this.moveEnough(tx, storeId, demands, holderId);
    const counted = await this.record(tx, rows, demands, { sign: -1, reason: 'sale', held });
    return { counted, short: new Set(short) };
  }

  /** What is kept for one is kept for another, who takes it later. */
  keepFor(
    tx: Transaction,
    handedOver: { readonly from: string; readonly to: string; readonly expiresAt: number },
  ): Promise<void> {
    return handOverHolds(tx, handedOver);
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
    holderId: string | undefined,
  ): Promise<Moved> {
    const held = holderId === undefined ? [] : await takeHolds(tx, holderId);
    const how = { sign: -1, condition: isEnough(demands, held), held } as const;
    const rows = await this.move(tx, storeId, demands, how);
    const found = new Set(rows.map(({ variant_id: variantId }) => variantId));
    const short = demands.map(({ variantId }) => variantId).filter((id) => !found.has(id));
    await lowerReserved(
      tx,
      held.filter(({ variantId }) => !found.has(variantId)),
    );
    return { rows, short, held };
  }

  private async move(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    { sign, condition, held = [] }: Movement,
  ): Promise<MovedRow[]> {
    if (demands.length === 0) return [];
    const change = sql`${quantityOf(demands)} * ${sign}`;
    const released =
      held.length === 0 ? sql.empty : sql`reserved = reserved - ${quantityOf(held)},`;
    return tx.query<MovedRow>(sql`
      UPDATE stock_item
      SET on_hand = on_hand + CASE WHEN is_tracked = 1 THEN ${change} ELSE 0 END,
        ${released}
        version = version + is_tracked
      ${movedRows.output}
      WHERE ${areOf(storeId, demands)}
        AND ${condition}
      ${movedRows.returning}`);
  }

  private async record(
    tx: Transaction,
    rows: readonly MovedRow[],
    demands: readonly StockDemand[],
    { sign, reason, held = [] }: Reason,
  ): Promise<ReadonlySet<string>> {
    const byVariant = quantities(demands);
    const heldOf = quantities(held);
    const counted = rows.filter((row) => row.is_tracked === 1);
    for (const row of counted) {
      const after = stockOfRow(row);
      const moved = sign * (byVariant.get(row.variant_id) ?? 0);
      const reserved = after.reserved + (heldOf.get(row.variant_id) ?? 0);
      const before = { ...after, onHand: after.onHand - moved, reserved };
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

function quantities(demands: readonly StockDemand[]): ReadonlyMap<string, number> {
  return new Map(demands.map(({ variantId, quantity }) => [variantId, quantity]));
}
