import { Injectable } from '@nestjs/common';
import { type RowOf, sql, type SqlQueries } from '#libs/database';
import type { OrderLineEntity } from '../order-line.entity.js';

/**
 * Counts what an order has lost of its lines: pieces that were cancelled, and pieces that came back in returns
 * that are closed. The id must come from an order that was read under the caller's scope.
 */
@Injectable()
export class LostPieces {
  /** By the number of the line. */
  async count(queries: SqlQueries, orderId: string): Promise<ReadonlyMap<number, number>> {
    const rows = await queries.query<RowOf<OrderLineEntity, 'line_number'> & { lost: number }>(sql`
      SELECT l.line_number, l.cancelled_quantity + COALESCE((
          SELECT SUM(c.received_quantity)
          FROM order_return r
          JOIN order_return_line c ON c.return_id = r.id
          WHERE r.order_id = l.order_id AND r.state = 'closed' AND c.line_number = l.line_number
        ), 0) AS lost
      FROM sales_order_line l
      WHERE l.order_id = ${orderId}`);
    return new Map(rows.map(({ line_number: line, lost }) => [line, lost]));
  }
}
