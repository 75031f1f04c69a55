import { Injectable } from '@nestjs/common';
import { insertRows, sql, type Transaction, type RowOf } from '#libs/database';
import { BuyerSources } from './buyer-sources.js';
import { customerKeyOf, type Buyer } from './buyer.js';
import type { PromotionUseEntity } from './promotion-use.entity.js';

/** A use of a promotion that an order was planned with. */
export interface PlannedUse {
  readonly promotionId: string;
  /** The coupon that opens it; null: it applies by itself. */
  readonly couponId: string | null;
  readonly useLimit: number | null;
  /** As `customerLimitOf` says. */
  readonly customerUseLimit: number | null;
  /** null: the coupon has no limit, or there is none. */
  readonly couponUseLimit: number | null;
  readonly isForFirstOrder: boolean;
}

export interface UsingOrder {
  readonly orderId: string;
  readonly buyer: Buyer;
  /** Epoch milliseconds. */
  readonly usedAt: number;
}

/**
 * Counts who used which promotion, in the unit of work of an order. A counter exists, and is touched,
 * only where there is a limit; it says as much as there are rows of uses.
 */
@Injectable()
export class PromotionUses {
  constructor(private readonly sources: BuyerSources) {}

  /**
   * Claims all uses, or none: false when one of them is not to be had any more, and the unit of work
   * must not go on. Every limit is a condition of the statement that counts, so it holds however many
   * claim at once. Rows are held in the order of their tables and ids.
   */
  async claim(
    tx: Transaction,
    { orderId, buyer, usedAt }: UsingOrder,
    uses: readonly PlannedUse[],
  ): Promise<boolean> {
    if (uses.length === 0) return true;
    const customerKey = customerKeyOf(buyer);
    if (customerKey === undefined) throw new TypeError('an order has a buyer');
    const sorted = uses.toSorted((a, b) => (a.promotionId < b.promotionId ? -1 : 1));
    if (sorted.some(({ isForFirstOrder }) => isForFirstOrder)) {
      if (await this.sources.hasOrdered(tx, buyer)) return false;
    }
    for (const use of sorted) {
      if (!(await countUse(tx, use)) || !(await countCustomer(tx, use, customerKey))) return false;
      if (!(await countCoupon(tx, use))) return false;
    }
    await insertRows(
      tx,
      'promotion_use',
      sorted.map(({ promotionId, couponId }) => ({
        order_id: orderId,
        promotion_id: promotionId,
        customer_key: customerKey,
        coupon_id: couponId,
        used_at: usedAt,
      })),
    );
    return true;
  }

  /** What an order has used may be used again; a second time nothing happens. */
  async giveBack(tx: Transaction, orderId: string): Promise<void> {
    const uses = await tx.query<
      RowOf<PromotionUseEntity, 'promotion_id' | 'customer_key' | 'coupon_id'>
    >(sql`
      SELECT promotion_id, customer_key, coupon_id
      FROM promotion_use
      WHERE order_id = ${orderId}
      ORDER BY promotion_id`);
    for (const {
      promotion_id: promotionId,
      customer_key: customerKey,
      coupon_id: couponId,
    } of uses) {
      const removed = await tx.execute(sql`
        DELETE FROM promotion_use
        WHERE order_id = ${orderId} AND promotion_id = ${promotionId}`);
      if (removed === 0) continue;
      await tx.execute(sql`
        UPDATE promotion_counter
        SET uses = uses - 1
        WHERE promotion_id = ${promotionId}`);
      await tx.execute(sql`
        UPDATE promotion_customer_counter
        SET uses = uses - 1
        WHERE promotion_id = ${promotionId} AND customer_key = ${customerKey}`);
      if (couponId === null) continue;
      await tx.execute(sql`
        UPDATE coupon_code
        SET uses = uses - 1
        WHERE id = ${couponId} AND use_limit IS NOT NULL`);
    }
  }
}

async function countUse(tx: Transaction, { promotionId, useLimit }: PlannedUse): Promise<boolean> {
  if (useLimit === null) return true;
  const counted = await tx.execute(sql`
    UPDATE promotion_counter
    SET uses = uses + 1
    WHERE promotion_id = ${promotionId} AND uses < ${useLimit}`);
  return counted === 1;
}

async function countCustomer(
  tx: Transaction,
  { promotionId, customerUseLimit }: PlannedUse,
  customerKey: string,
): Promise<boolean> {
  if (customerUseLimit === null) return true;
  const counted = await tx.execute(sql`
    UPDATE promotion_customer_counter
    SET uses = uses + 1
    WHERE promotion_id = ${promotionId} AND customer_key = ${customerKey}
      AND uses < ${customerUseLimit}`);
  if (counted === 1) return true;
  const held = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (UPDLOCK, HOLDLOCK)` });
  const begun = await tx.execute(sql`
    INSERT INTO promotion_customer_counter (promotion_id, customer_key, uses)
    SELECT id, ${customerKey}, 1
    FROM promotion
    WHERE id = ${promotionId} AND NOT EXISTS (
      SELECT uses
      FROM promotion_customer_counter${held}
      WHERE promotion_id = ${promotionId} AND customer_key = ${customerKey}
    )`);
  return begun === 1;
}

async function countCoupon(
  tx: Transaction,
  { promotionId, couponId, couponUseLimit }: PlannedUse,
): Promise<boolean> {
  if (couponId === null || couponUseLimit === null) return true;
  const counted = await tx.execute(sql`
    UPDATE coupon_code
    SET uses = uses + 1
    WHERE id = ${couponId} AND promotion_id = ${promotionId} AND uses < use_limit`);
  return counted === 1;
}
