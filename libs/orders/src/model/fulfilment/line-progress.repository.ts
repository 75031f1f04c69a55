import { Injectable } from '@nestjs/common';
import {
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import { ordersErrors } from '../orders.errors.js';
import { mergedQuantities, type LineProgress, type LineQuantity } from './line-progress.js';
import type { OrderLineEntity } from '../order-line.entity.js';

type ProgressRow = RowOf<
  OrderLineEntity,
  'line_number' | 'quantity' | 'shipped_quantity' | 'cancelled_quantity' | 'returned_quantity'
>;

/**
 * Counts what of the lines of an order has gone which way. Each count is raised by one conditional statement
 * for all lines, so no two that ask at once get more than there is. The id must come from an order that
 * was read under the caller's scope.
 */
@Injectable()
export class LineProgressRepository {
  async load(queries: SqlQueries, orderId: string): Promise<LineProgress[]> {
    const rows = await queries.query<ProgressRow>(sql`
      SELECT line_number, quantity, shipped_quantity, cancelled_quantity, returned_quantity
      FROM sales_order_line
      WHERE order_id = ${orderId}
      ORDER BY line_number`);
    return rows.map((row) => ({
      line: row.line_number,
      quantity: row.quantity,
      shipped: row.shipped_quantity,
      cancelled: row.cancelled_quantity,
      returned: row.returned_quantity,
    }));
  }

  /** Throws `orders.quantity-exceeded` for more than still has to go. */
  ship(tx: Transaction, orderId: string, parts: readonly LineQuantity[]): Promise<void> {
    return this.raise(tx, orderId, parts, (wanted) => ({
      change: sql`shipped_quantity = shipped_quantity + ${wanted}`,
      condition: sql`shipped_quantity + cancelled_quantity + ${wanted} <= quantity`,
    }));
  }

  /** Throws `orders.quantity-exceeded` for more than still has to go. */
  cancel(tx: Transaction, orderId: string, parts: readonly LineQuantity[]): Promise<void> {
    return this.raise(tx, orderId, parts, (wanted) => ({
      change: sql`cancelled_quantity = cancelled_quantity + ${wanted}`,
      condition: sql`shipped_quantity + cancelled_quantity + ${wanted} <= quantity`,
    }));
  }

  /** Throws `orders.quantity-exceeded` for more than was shipped and has not been announced yet. */
  takeBack(tx: Transaction, orderId: string, parts: readonly LineQuantity[]): Promise<void> {
    return this.raise(tx, orderId, parts, (wanted) => ({
      change: sql`returned_quantity = returned_quantity + ${wanted}`,
      condition: sql`returned_quantity + ${wanted} <= shipped_quantity`,
    }));
  }

  /** What was announced to come back does not. */
  release(tx: Transaction, orderId: string, parts: readonly LineQuantity[]): Promise<void> {
    return this.raise(tx, orderId, parts, (wanted) => ({
      change: sql`returned_quantity = returned_quantity - ${wanted}`,
      condition: sql`returned_quantity >= ${wanted}`,
    }));
  }

  private async raise(
    tx: Transaction,
    orderId: string,
    parts: readonly LineQuantity[],
    step: (wanted: SqlStatement) => {
      readonly change: SqlStatement;
      readonly condition: SqlStatement;
    },
  ): Promise<void> {
    const merged = mergedQuantities(parts);
    if (merged.length === 0) return;
    const cases = merged.map(({ line, quantity }) => sql`WHEN ${line} THEN ${quantity}`);
    const { change, condition } = step(sql`CASE line_number ${sql.join(cases, ' ')} ELSE 0 END`);
    const changed = await tx.execute(sql`
      UPDATE sales_order_line
      SET ${change}
      WHERE order_id = ${orderId}
        AND line_number IN ${sql.in(merged.map(({ line }) => line))}
        AND ${condition}`);
    if (changed !== merged.length) {
      const lines = merged.map(({ line }) => line);
      throw ordersErrors.quantityExceeded({ details: { lines } });
    }
  }
}
