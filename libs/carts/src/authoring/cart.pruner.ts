import { Injectable } from '@nestjs/common';
import {
  deleteRows,
  PlatformPruner,
  sql,
  UnitOfWork,
  type PrunesPlatform,
  type RowOf,
} from '#libs/database';
import { StockHolds } from '#libs/inventory';
import type { CartEntity } from '../model/cart.entity.js';

/** Carts with their lines are more than a row each. */
const CARTS_PER_BATCH = 100;

/** Carts that expired go; those of which orders were made too, since the order holds what it needs. */
@Injectable()
@PlatformPruner('carts')
export class CartPruner implements PrunesPlatform {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly holds: StockHolds,
  ) {}

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const expired = await tx.query<RowOf<CartEntity, 'id'>>(sql`
        SELECT id
        FROM cart
        WHERE expires_at < ${now}
        ORDER BY expires_at, id
        ${sql.limit(CARTS_PER_BATCH)}`);
      const ids = expired.map(({ id }) => id);
      await this.holds.release(tx, ids);
      await deleteRows(tx, 'cart_line', 'cart_id', ids);
      await deleteRows(tx, 'cart', 'id', ids);
      return ids.length;
    });
  }
}
