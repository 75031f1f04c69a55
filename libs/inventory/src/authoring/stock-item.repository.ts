import { Injectable } from '@nestjs/common';
import { heldRows, keptRows, sql, type SqlQueries, type Transaction } from '#libs/database';
import { salePriority } from '../model/selling-locations.js';
import { stockOfRow, type StockItemRow } from '../model/stock-items.js';
import { StockItemEntity } from '../model/stock-item.entity.js';
import type { StoredStock } from '../model/stock.js';

/** A location of a store, and what of a variant is there. */
export interface StockAtLocation {
  /** Undefined when the store has no such location. */
  readonly locationId: string | undefined;
  readonly isSoldFrom: boolean;
  readonly stock: StoredStock | undefined;
}

type ItemRow = Omit<StockItemRow, 'product_id' | 'variant_id'> & {
  readonly location_id: string;
  readonly item_id: string | null;
  readonly priority: number;
};

/** What is on hand at a location. */
export interface MovedStock {
  readonly location: string;
  readonly onHand: number;
}

/** Which stock item is meant. */
export interface StockPlace {
  readonly locationId: string;
  readonly productId: string;
  readonly variantId: string;
}

/** Single stock items, as staff set them. */
@Injectable()
export class StockItemRepository {
  /** One statement; the row is held when a unit of work asks, and the location is sold from as it is until that ends. */
  async at(
    queries: SqlQueries,
    {
      storeId,
      code,
      productId,
      variantId,
    }: {
      readonly storeId: string;
      readonly code: string;
      readonly productId: string;
      readonly variantId: string;
    },
  ): Promise<StockAtLocation> {
    const rows = await queries.query<ItemRow>(
      sql`SELECT l.id AS location_id, s.variant_id AS item_id, s.on_hand, s.reserved, s.is_tracked,
            s.allows_backorder, s.version, ${salePriority} AS priority
          FROM location l${keptRows(queries)}
          LEFT JOIN stock_item s${heldRows(queries)}
            ON s.location_id = l.id AND s.variant_id = ${variantId} AND s.product_id = ${productId}
          WHERE l.store_id = ${storeId} AND l.code = ${code}`,
    );
    const row = rows[0];
    const stock = row === undefined || row.item_id === null ? undefined : stockOfRow(row);
    const isSoldFrom = row !== undefined && row.priority > 0;
    return { locationId: row?.location_id, isSoldFrom, stock };
  }

  /** In the order of the codes. */
  listPlaces(
    queries: SqlQueries,
    storeId: string,
    { productId, variantId }: Omit<StockPlace, 'locationId'>,
  ): Promise<MovedStock[]> {
    return queries.query<MovedStock>(
      sql`SELECT l.code AS location, s.on_hand AS "onHand"
          FROM stock_item s
          JOIN location l ON l.id = s.location_id
          WHERE l.store_id = ${storeId} AND s.variant_id = ${variantId}
            AND s.product_id = ${productId}
          ORDER BY l.code`,
    );
  }

  async insert(tx: Transaction, place: StockPlace, stock: StoredStock): Promise<void> {
    await tx.manager.insert(StockItemEntity, { ...place, ...columnsOf(stock) });
  }

  /** False when the item is not there in the version that `stock` comes after. */
  async update(tx: Transaction, place: StockPlace, stock: StoredStock): Promise<boolean> {
    const result = await tx.manager.update(
      StockItemEntity,
      { ...place, version: stock.version - 1 },
      columnsOf(stock),
    );
    return result.affected === 1;
  }
}

function columnsOf({ onHand, reserved, isTracked, allowsBackorder, version }: StoredStock) {
  return {
    onHand,
    reserved,
    isTracked: Number(isTracked),
    allowsBackorder: Number(allowsBackorder),
    version,
  };
}
