import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  insertRows,
  type RowOf,
  sql,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import type { OrderReturn, ReturnedLine, ReturnState } from './order-return.js';
import type { OrderReturnLineEntity } from './order-return-line.entity.js';
import type { OrderReturnEntity } from './order-return.entity.js';

type ReturnRow = RowOf<
  OrderReturnEntity,
  'id' | 'state' | 'requested_by' | 'reason' | 'created_at' | 'updated_at'
>;

type ReturnLineRow = RowOf<OrderReturnLineEntity>;

/** Returns of orders. The id of the order must come from one that was read under the caller's scope. */
@Injectable()
export class OrderReturnRepository {
  constructor(private readonly clock: DatabaseClock) {}

  async insert(tx: Transaction, orderId: string, added: OrderReturn): Promise<void> {
    const { id, state, requestedBy, reason, items, createdAt, updatedAt } = added;
    await insertRows(tx, 'order_return', [
      {
        id,
        order_id: orderId,
        state,
        requested_by: requestedBy,
        reason,
        created_at: createdAt,
        updated_at: updatedAt,
      },
    ]);
    await insertRows(
      tx,
      'order_return_line',
      items.map(({ line, quantity, received, restocked }) => ({
        return_id: id,
        line_number: line,
        quantity,
        received_quantity: received,
        restocked_quantity: restocked,
      })),
    );
  }

  /** In the order of their announcement. */
  async list(queries: SqlQueries, orderId: string): Promise<OrderReturn[]> {
    const rows = await queries.query<ReturnRow>(sql`
      SELECT id, state, requested_by, reason, created_at, updated_at
      FROM order_return
      WHERE order_id = ${orderId}
      ORDER BY created_at, id`);
    const lines = await queries.query<ReturnLineRow>(sql`
      SELECT l.return_id, l.line_number, l.quantity, l.received_quantity, l.restocked_quantity
      FROM order_return_line l
      JOIN order_return r ON r.id = l.return_id
      WHERE r.order_id = ${orderId}
      ORDER BY l.line_number`);
    return rows.map((row) => ({
      id: row.id,
      state: row.state,
      requestedBy: row.requested_by,
      reason: row.reason,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      items: lines
        .filter((line) => line.return_id === row.id)
        .map((line) => ({
          line: line.line_number,
          quantity: line.quantity,
          received: line.received_quantity,
          restocked: line.restocked_quantity,
        })),
    }));
  }

  /** Answers false when the return is no longer in the state that it was read in. */
  async tryMove(tx: Transaction, { id, state }: OrderReturn, next: ReturnState): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE order_return
      SET state = ${next}, updated_at = ${this.clock.wallMs()}
      WHERE id = ${id} AND state = ${state}`);
    return changed === 1;
  }

  async setReceived(tx: Transaction, id: string, items: readonly ReturnedLine[]): Promise<void> {
    for (const { line, received, restocked } of items) {
      await tx.execute(sql`
        UPDATE order_return_line
        SET received_quantity = ${received}, restocked_quantity = ${restocked}
        WHERE return_id = ${id} AND line_number = ${line}`);
    }
  }
}
