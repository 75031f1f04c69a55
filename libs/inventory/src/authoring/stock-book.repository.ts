import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  deleteRows,
  heldRows,
  insertRows,
  MAX_PARAMETERS,
  sql,
  type Row,
  type RowOf,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { inventoryTags } from '../model/inventory.tags.js';
import type { StockItemEntity } from '../model/stock-item.entity.js';
import { StockBook, type ProductStock, type StockChange } from '../model/stock-book.js';
import { loadMainItems, stockOfRow } from '../model/stock-items.js';
import { availabilityOf, NO_STOCK, type StoredStock } from '../model/stock.js';
import { LocationRepository } from './location.repository.js';
import { StockLedgerRepository, type StockMovement } from '../model/stock-ledger.repository.js';

/** What is written at one location. */
interface ItemWrites {
  readonly replaced: string[];
  readonly rows: Row[];
  readonly movements: StockMovement[];
}

/** The stock book in SQL, written in sets. */
@Injectable()
export class StockBookRepository extends StockBook {
  constructor(
    private readonly locations: LocationRepository,
    private readonly ledger: StockLedgerRepository,
  ) {
    super();
  }

  override async load(queries: SqlQueries, productIds: readonly string[]): Promise<ProductStock> {
    const rows = await loadMainItems(queries, productIds);
    return new Map(rows.map((row) => [row.variant_id, stockOfRow(row)]));
  }

  override async replace(
    tx: Transaction,
    storeId: string,
    changes: readonly StockChange[],
  ): Promise<void> {
    const different = changes.filter(isDifferent);
    if (different.length === 0) return;
    const locationId = await this.locations.ensureMain(tx, storeId);
    const writes: ItemWrites = { replaced: [], rows: [], movements: [] };
    for (const change of different) {
      collect(writes, locationId, change);
      if (!change.isNew && isShownOtherwise(change)) {
        tx.invalidate(inventoryTags.availability(change.productId));
      }
    }
    await deleteItems(tx, locationId, writes.replaced);
    await insertRows(tx, 'stock_item', writes.rows);
    await this.ledger.record(tx, writes.movements);
    await this.clearOthers(tx, different.flatMap(goneVariants));
  }

  /** What is kept of variants that are gone goes at the other locations too, and nothing is kept for anybody. */
  private async clearOthers(tx: Transaction, variantIds: readonly string[]): Promise<void> {
    for (const ids of chunksOf(variantIds, MAX_PARAMETERS)) {
      const left = await tx.query<OtherRow>(
        sql`SELECT variant_id, location_id, on_hand
            FROM stock_item${heldRows(tx)}
            WHERE variant_id IN ${sql.in(ids)}
            ORDER BY variant_id, location_id`,
      );
      for (const { variant_id: variantId, location_id: locationId, on_hand: onHand } of left) {
        const movement = { variantId, locationId, quantity: -onHand, reason: 'removal' } as const;
        await this.ledger.record(tx, [movement]);
      }
      await deleteRows(tx, 'stock_item', 'variant_id', ids);
      await deleteRows(tx, 'stock_hold', 'variant_id', ids);
    }
  }
}

type OtherRow = RowOf<StockItemEntity, 'variant_id' | 'location_id' | 'on_hand'>;

function goneVariants({ before, after }: StockChange): string[] {
  return [...before.keys()].filter((variantId) => !after.has(variantId));
}

function collect(
  { replaced, rows, movements }: ItemWrites,
  locationId: string,
  { productId, before, after }: StockChange,
): void {
  for (const [variantId, { onHand }] of before) {
    if (after.has(variantId)) continue;
    replaced.push(variantId);
    movements.push({ variantId, locationId, quantity: -onHand, reason: 'removal' });
  }
  for (const [variantId, stock] of after) {
    const known = before.get(variantId) ?? NO_STOCK;
    if (known.version === stock.version) continue;
    if (known.version > 0) replaced.push(variantId);
    rows.push(itemRow(locationId, productId, variantId, stock));
    const quantity = stock.onHand - known.onHand;
    movements.push({ variantId, locationId, quantity, reason: 'product-edit' });
  }
}

function itemRow(
  locationId: string,
  productId: string,
  variantId: string,
  { onHand, reserved, isTracked, allowsBackorder, version }: StoredStock,
): Row {
  return {
    variant_id: variantId,
    location_id: locationId,
    product_id: productId,
    on_hand: onHand,
    reserved,
    is_tracked: Number(isTracked),
    allows_backorder: Number(allowsBackorder),
    version,
  };
}

async function deleteItems(
  tx: Transaction,
  locationId: string,
  variantIds: readonly string[],
): Promise<void> {
  for (const ids of chunksOf(variantIds, MAX_PARAMETERS - 1)) {
    await tx.execute(
      sql`DELETE FROM stock_item
          WHERE location_id = ${locationId} AND variant_id IN ${sql.in(ids)}`,
    );
  }
}

function isDifferent({ before, after }: StockChange): boolean {
  if (before.size !== after.size) return true;
  return [...after].some(([id, { version }]) => before.get(id)?.version !== version);
}

/** Whether shoppers see another availability of a variant, or of other variants. */
function isShownOtherwise({ before, after }: StockChange): boolean {
  if (before.size !== after.size) return true;
  return [...after].some(([id, stock]) => {
    const known = before.get(id);
    return known === undefined || availabilityOf(known) !== availabilityOf(stock);
  });
}
