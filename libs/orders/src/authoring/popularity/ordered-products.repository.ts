import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type RowOf } from '#libs/database';
import type { OrderLineEntity } from '../../model/order-line.entity.js';
import type { OrderEntity } from '../../model/order.entity.js';

/** Orders that are counted together: a statement that takes milliseconds, and far fewer parameters than it may have. */
const ORDERS_PER_PAGE = 1_000;

/** A place in the list of orders of a store. */
interface OrderPlace {
  readonly placedAt: number;
  readonly id: string;
}

/** Counts what is ordered, for statistics: it reads what is committed, page by page, and holds nothing up. */
@Injectable()
export class OrderedProductsRepository {
  constructor(private readonly database: SqlReader) {}

  /**
   * Of each product of the store the number of orders placed since then that have it, however many pieces. Not
   * counted are orders that were cancelled or all of whose money went back, and lines of which no piece is left.
   */
  async ordersOf(
    storeId: string,
    placedSince: number,
    signal: AbortSignal,
  ): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    let after: OrderPlace = { placedAt: placedSince, id: '' };
    for (;;) {
      signal.throwIfAborted();
      const orders = await this.page(storeId, after);
      const last = orders.at(-1);
      if (last === undefined) return counts;
      await this.addTo(
        counts,
        orders.map(({ id }) => id),
      );
      if (orders.length < ORDERS_PER_PAGE) return counts;
      after = last;
    }
  }

  private async page(storeId: string, { placedAt, id }: OrderPlace): Promise<OrderPlace[]> {
    // The time is bounded by a condition of its own, by which the index is entered.
    const rows = await this.database.query<RowOf<OrderEntity, 'id' | 'placed_at'>>(sql`
      SELECT id, placed_at
      FROM sales_order
      WHERE store_id = ${storeId} AND placed_at >= ${placedAt}
        AND (placed_at > ${placedAt} OR id > ${id})
        AND state <> 'cancelled' AND payment_state NOT IN ('cancelled', 'refunded')
      ORDER BY placed_at, id
      ${sql.limit(ORDERS_PER_PAGE)}`);
    return rows.map((row) => ({ id: row.id, placedAt: row.placed_at }));
  }

  private async addTo(counts: Map<string, number>, orderIds: readonly string[]): Promise<void> {
    const rows = await this.database.query<
      RowOf<OrderLineEntity, 'product_id'> & { readonly order_count: number }
    >(sql`
      SELECT product_id, COUNT(DISTINCT order_id) AS order_count
      FROM sales_order_line
      WHERE order_id IN ${sql.in(orderIds)}
        AND cancelled_quantity + returned_quantity < quantity
      GROUP BY product_id`);
    for (const { product_id: id, order_count: count } of rows) {
      counts.set(id, (counts.get(id) ?? 0) + count);
    }
  }
}
