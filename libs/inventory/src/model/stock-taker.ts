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
import type { LocationEntity } from './location.entity.js';
import { MAIN_LOCATION } from './main-location.js';
import { joinedStock, lowerReserved } from './reserved-stock.js';
import { loadSellableItems } from './sellable-items.js';
import { spread, type StockPart } from './spread.js';
import { handOverHolds, takeHolds } from './stock-holds.js';
import { stockOfRow } from './stock-items.js';
import { StockLedgerRepository } from './stock-ledger.repository.js';
import { leftOf, sell, type StockSale } from './stock-sale.js';
import {
  areThose,
  movedRows,
  PER_STATEMENT,
  placeOfRow,
  quantitiesAt,
  quantityAt,
  type LocatedStock,
  type MovedRow,
  type StockDemand,
} from './stock-statements.js';
import type { LedgerReason } from './stock-book.js';
import { availabilityOf } from './stock.js';

/** From where each variant was taken whose number was changed; of the others there is always enough. */
export type TakenStock = ReadonlyMap<string, readonly StockPart[]>;

/** What became of demands that are taken one by one. */
export interface TakenEach {
  readonly taken: TakenStock;
  /** Variants of which there was too little; nothing of them was taken. */
  readonly short: ReadonlySet<string>;
}

/** Who takes. */
export interface StockBuyer {
  /** What is kept for it is theirs, and is kept no longer. */
  readonly holderId?: string | undefined;
  /** Code of the location that is asked before all others, where it sells. */
  readonly preferred?: string | null | undefined;
}

/** So much of a variant that was taken at a location; null: at the main one. */
export interface GivenBackStock extends StockDemand {
  readonly locationId: string | null;
}

interface Sold extends StockSale {
  readonly held: readonly LocatedStock[];
}

interface Movement {
  readonly parts: readonly LocatedStock[];
  readonly sign: 1 | -1;
  readonly reason: LedgerReason;
  /** What of it was reserved until now. */
  readonly held: readonly LocatedStock[];
}

/**
 * Moves stock when something is sold, or a sale is undone: one conditional statement for all variants,
 * whatever their number, and one for the ledger, where the location that is asked first has them; {@link sell} says what else.
 * Shoppers' copies are voided only where they see something else than before, or a location has no more.
 */
@Injectable()
export class StockTaker {
  constructor(private readonly ledger: StockLedgerRepository) {}

  /**
   * Takes everything or throws `inventory.not-enough`, naming the variants that are short: tracked ones
   * without back-orders never go below what is reserved.
   */
  async take(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    buyer: StockBuyer = {},
  ): Promise<TakenStock> {
    const sold = await this.sell(tx, storeId, demands, buyer);
    const { short } = sold;
    if (short.length > 0) throw inventoryErrors.notEnough({ details: { variantIds: short } });
    return this.recordSale(tx, sold);
  }

  /** Takes all of what there is enough of, and nothing of the others. */
  async takeEach(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    buyer: StockBuyer = {},
  ): Promise<TakenEach> {
    const sold = await this.sell(tx, storeId, demands, buyer);
    return { taken: await this.recordSale(tx, sold), short: new Set(sold.short) };
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
      const items = await loadSellableItems(queries, { storeId, preferred: null, held: [] }, chunk);
      for (const { variantId, quantity } of chunk) {
        if (spread(items.get(variantId) ?? [], quantity) !== undefined) found.add(variantId);
      }
    }
    return found;
  }

  /** Gives back what was taken, where it was, also when nothing is sold from there any more; a variant that is no longer kept is left out. */
  async giveBack(
    tx: Transaction,
    storeId: string,
    stock: readonly GivenBackStock[],
    reason: Extract<LedgerReason, 'cancellation' | 'return'>,
  ): Promise<void> {
    const isKnown = stock.every(({ locationId }) => locationId !== null);
    const mainId = isKnown ? '' : await findMain(tx, storeId);
    const parts = joinedStock(
      stock.map((part) => ({ ...part, locationId: part.locationId ?? mainId })),
    );
    for (const chunk of chunksOf(parts, PER_STATEMENT)) {
      const rows = await tx.query<MovedRow>(sql`
        UPDATE stock_item
        SET on_hand = on_hand + CASE WHEN is_tracked = 1 THEN ${quantityAt(chunk)} ELSE 0 END,
          version = version + is_tracked
        ${movedRows.output}
        WHERE ${areThose(chunk)} AND ${areOf(storeId)}
        ${movedRows.returning}`);
      await this.record(tx, rows, { parts: chunk, sign: 1, reason, held: [] });
    }
  }

  private async sell(
    tx: Transaction,
    storeId: string,
    demands: readonly StockDemand[],
    { holderId, preferred = null }: StockBuyer,
  ): Promise<Sold> {
    const held = holderId === undefined ? [] : await takeHolds(tx, holderId);
    const sale = await sell(tx, { storeId, preferred, held }, demands);
    await lowerReserved(tx, leftOf(held, sale.rows));
    return { ...sale, held };
  }

  private async recordSale(tx: Transaction, { rows, parts, held }: Sold): Promise<TakenStock> {
    await this.record(tx, rows, { parts, sign: -1, reason: 'sale', held });
    const taken = new Map<string, StockPart[]>();
    for (const { variantId, locationId, quantity } of parts) {
      taken.set(variantId, [...(taken.get(variantId) ?? []), { locationId, quantity }]);
    }
    return taken;
  }

  private async record(
    tx: Transaction,
    rows: readonly MovedRow[],
    { parts, sign, reason, held }: Movement,
  ): Promise<void> {
    const movedAt = quantitiesAt(parts);
    const heldAt = quantitiesAt(held);
    const counted = rows.filter((row) => row.is_tracked === 1);
    const movements = counted.map((row) => {
      const after = stockOfRow(row);
      const moved = sign * (movedAt.get(placeOfRow(row)) ?? 0);
      const reserved = after.reserved + (heldAt.get(placeOfRow(row)) ?? 0);
      const before = { ...after, onHand: after.onHand - moved, reserved };
      if (availabilityOf(before) !== availabilityOf(after)) {
        tx.invalidate(inventoryTags.availability(row.product_id));
      }
      const { variant_id: variantId, location_id: locationId } = row;
      return { variantId, locationId, quantity: moved, reason };
    });
    await this.ledger.record(tx, movements);
  }
}

function areOf(storeId: string): SqlStatement {
  return sql`location_id IN (SELECT id FROM location WHERE store_id = ${storeId})`;
}

/** Empty when there is none. */
async function findMain(tx: Transaction, storeId: string): Promise<string> {
  const [row] = await tx.query<RowOf<LocationEntity, 'id'>>(sql`
    SELECT id
    FROM location
    WHERE store_id = ${storeId} AND code = ${MAIN_LOCATION}`);
  return row?.id ?? '';
}
