import { Injectable } from '@nestjs/common';
import { heldRows, sql, type SqlQueries, type Transaction, type RowOf } from '#libs/database';
import { customerLimitOf, type Promotion } from '../model/promotion.js';
import type { PromotionUseEntity } from '../model/promotion-use.entity.js';

/** Counters of uses: made when a limit is set, from the uses that there are, and gone with the limit. */
@Injectable()
export class PromotionCountersRepository {
  async settle(tx: Transaction, before: Promotion | undefined, after: Promotion): Promise<void> {
    const wasCounted = before !== undefined && before.useLimit !== null;
    const isCounted = after.useLimit !== null;
    if (wasCounted !== isCounted) await this.settleTotal(tx, after.id, isCounted);
    const wasByCustomer = before !== undefined && customerLimitOf(before) !== null;
    const isByCustomer = customerLimitOf(after) !== null;
    if (wasByCustomer !== isByCustomer) await this.settleCustomers(tx, after.id, isByCustomer);
  }

  /** How many orders have used it. */
  async usesOf(queries: SqlQueries, promotionId: string): Promise<number> {
    const [row] = await queries.query<{ uses: number }>(sql`
      SELECT COUNT(*) AS uses
      FROM promotion_use
      WHERE promotion_id = ${promotionId}`);
    return row?.uses ?? 0;
  }

  async isUsed(tx: Transaction, promotionId: string): Promise<boolean> {
    const rows = await tx.query<RowOf<PromotionUseEntity, 'order_id'>>(sql`
      SELECT order_id
      FROM promotion_use
      WHERE promotion_id = ${promotionId}
      ORDER BY order_id
      ${sql.limit(1)}`);
    return rows.length > 0;
  }

  private async settleTotal(tx: Transaction, id: string, isCounted: boolean): Promise<void> {
    await tx.execute(sql`DELETE FROM promotion_counter WHERE promotion_id = ${id}`);
    if (!isCounted) return;
    await tx.execute(sql`
      INSERT INTO promotion_counter (promotion_id, uses)
      SELECT ${id}, COUNT(*)
      FROM promotion_use${heldRows(tx)}
      WHERE promotion_id = ${id}`);
  }

  private async settleCustomers(tx: Transaction, id: string, isCounted: boolean): Promise<void> {
    await tx.execute(sql`DELETE FROM promotion_customer_counter WHERE promotion_id = ${id}`);
    if (!isCounted) return;
    await tx.execute(sql`
      INSERT INTO promotion_customer_counter (promotion_id, customer_key, uses)
      SELECT promotion_id, customer_key, COUNT(*)
      FROM promotion_use${heldRows(tx)}
      WHERE promotion_id = ${id}
      GROUP BY promotion_id, customer_key`);
  }
}
