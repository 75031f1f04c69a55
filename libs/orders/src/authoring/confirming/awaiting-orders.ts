import { Injectable } from '@nestjs/common';
import { PrimaryReader, sql, type RowOf } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import type { OrderEntity } from '../../model/order.entity.js';
import type { OrderLineEntity } from '../../model/order-line.entity.js';

/** A place in the list of orders that wait. */
export interface AwaitingOrder {
  readonly id: string;
  readonly storeId: string;
  readonly awaits: OrderEntity['awaits'];
  /** Epoch milliseconds. */
  readonly placedAt: number;
}

type OrderRow = RowOf<OrderEntity, 'id' | 'store_id' | 'awaits' | 'placed_at'>;
type DelayedRow = RowOf<OrderLineEntity, 'order_id' | 'variant_id'> & { readonly wanted: number };

/** Orders that wait for their stock, whatever store they belong to. */
@Injectable()
export class AwaitingOrders {
  constructor(
    private readonly database: PrimaryReader,
    private readonly stock: StockTaker,
  ) {}

  /** Oldest first, at most `limit` behind `after`. */
  async list(after: AwaitingOrder | undefined, limit: number): Promise<AwaitingOrder[]> {
    const isAfter =
      after === undefined
        ? sql`1 = 1`
        : sql`(placed_at > ${after.placedAt} OR (placed_at = ${after.placedAt} AND id > ${after.id}))`;
    const rows = await this.database.query<OrderRow>(sql`
      SELECT id, store_id, awaits, placed_at
      FROM sales_order
      WHERE awaits IS NOT NULL AND ${isAfter}
      ORDER BY placed_at, id
      ${sql.limit(limit)}`);
    return rows.map(({ store_id: storeId, placed_at: placedAt, ...row }) => ({
      ...row,
      storeId,
      placedAt,
    }));
  }

  /** Those of which some delayed line can be had by now. */
  async findServable(orders: readonly AwaitingOrder[]): Promise<ReadonlySet<string>> {
    const servable = new Set<string>();
    for (const storeId of new Set(orders.map((order) => order.storeId))) {
      const ids = orders.filter((order) => order.storeId === storeId).map(({ id }) => id);
      const rows = await this.database.query<DelayedRow>(sql`
        SELECT order_id, variant_id, quantity - cancelled_quantity AS wanted
        FROM sales_order_line
        WHERE order_id IN ${sql.in(ids)} AND is_delayed = 1 AND quantity > cancelled_quantity`);
      for (const id of await this.servableOf(storeId, rows)) servable.add(id);
    }
    return servable;
  }

  /** Orders that wait for one variant may want different numbers of it. */
  private async servableOf(storeId: string, rows: readonly DelayedRow[]): Promise<string[]> {
    const least = new Map<string, number>();
    for (const { variant_id: variantId, wanted } of rows) {
      least.set(variantId, Math.min(wanted, least.get(variantId) ?? wanted));
    }
    const demands = [...least].map(([variantId, quantity]) => ({ variantId, quantity }));
    const enough = await this.stock.findEnough(this.database, storeId, demands);
    return rows
      .filter(({ variant_id: variantId }) => enough.has(variantId))
      .map(({ order_id: orderId }) => orderId);
  }
}
