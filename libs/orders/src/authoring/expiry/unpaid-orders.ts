import { Injectable } from '@nestjs/common';
import { PrimaryReader, sql, type RowOf } from '#libs/database';
import type { OrderEntity } from '../../model/order.entity.js';

/** A place in the list of unpaid orders. */
export interface UnpaidOrder {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly placedAt: number;
}

/** Open orders whose card payment nothing was authorised of, whatever store they belong to. */
@Injectable()
export class UnpaidOrders {
  constructor(private readonly database: PrimaryReader) {}

  /** Oldest first, at most `limit` behind `after`. */
  async list(
    placedBefore: number,
    after: UnpaidOrder | undefined,
    limit: number,
  ): Promise<UnpaidOrder[]> {
    const isAfter =
      after === undefined
        ? sql`1 = 1`
        : sql`(placed_at > ${after.placedAt} OR (placed_at = ${after.placedAt} AND id > ${after.id}))`;
    // The states are literals: with parameters the index that holds these rows alone is not used.
    const rows = await this.database.query<RowOf<OrderEntity, 'id' | 'placed_at'>>(sql`
      SELECT id, placed_at
      FROM sales_order
      WHERE state = 'open' AND payment_state = 'pending' AND payment_method = 'card'
        AND placed_at < ${placedBefore} AND ${isAfter}
      ORDER BY placed_at, id
      ${sql.limit(limit)}`);
    return rows.map(({ id, placed_at: placedAt }) => ({ id, placedAt }));
  }
}
