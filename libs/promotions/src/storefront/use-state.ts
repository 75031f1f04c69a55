import { Injectable } from '@nestjs/common';
import { PrimaryReader, sql, type RowOf } from '#libs/database';
import type { UsedUpReason } from '../model/basket.js';
import { BuyerSources } from '../model/buyer-sources.js';
import { customerKeyOf, type Buyer } from '../model/buyer.js';
import type { HeldCoupon } from '../model/coupon.js';
import { customerLimitOf, type ActivePromotion } from '../model/promotion.js';
import type { CouponCodeEntity } from '../model/coupon-code.entity.js';
import type { PromotionCounterEntity } from '../model/promotion-counter.entity.js';

/** A coupon that may still be used, or not any more. */
export interface CouponState {
  readonly useLimit: number | null;
  readonly isUsedUp: boolean;
}

type CountRow = RowOf<PromotionCounterEntity, 'promotion_id' | 'uses'>;

/**
 * What has been used so far, from the database: counters change with every order, so they are no
 * business of the cache. Nothing is asked about what has no limit. What it says may be outdated at
 * once; the statement that claims a use decides.
 */
@Injectable()
export class UseState {
  constructor(
    private readonly database: PrimaryReader,
    private readonly sources: BuyerSources,
  ) {}

  /** Of those that are there and belong to the store, by id. */
  async couponsOf(
    storeId: string,
    held: readonly HeldCoupon[],
  ): Promise<ReadonlyMap<string, CouponState>> {
    if (held.length === 0) return new Map();
    const rows = await this.database.query<RowOf<CouponCodeEntity, 'id' | 'use_limit' | 'uses'>>(
      sql`SELECT id, use_limit, uses
          FROM coupon_code
          WHERE store_id = ${storeId} AND id IN ${sql.in(held.map(({ couponId }) => couponId))}`,
    );
    return new Map(
      rows.map(({ id, use_limit: useLimit, uses }) => [
        id,
        { useLimit, isUsedUp: useLimit !== null && uses >= useLimit },
      ]),
    );
  }

  /** Which of these have no use left, for everybody or for the buyer, and why. */
  async usedUp(
    buyer: Buyer,
    promotions: readonly ActivePromotion[],
  ): Promise<Map<string, UsedUpReason>> {
    const usedUp = new Map<string, UsedUpReason>();
    const ofCustomer = await this.customerCounts(buyer, promotions);
    const inTotal = await this.counts(promotions);
    for (const promotion of promotions) {
      const { id, useLimit } = promotion;
      const customerLimit = customerLimitOf(promotion);
      if (customerLimit !== null && (ofCustomer.get(id) ?? 0) >= customerLimit) {
        usedUp.set(id, 'customer-limit-reached');
      }
      if (useLimit !== null && (inTotal.get(id) ?? 0) >= useLimit) usedUp.set(id, 'used-up');
    }
    return usedUp;
  }

  /** Of a buyer of whom nothing is known yet: the first, until it turns out otherwise. */
  async isFirstOrder(buyer: Buyer): Promise<boolean> {
    if (customerKeyOf(buyer) === undefined) return true;
    return !(await this.sources.hasOrdered(this.database, buyer));
  }

  groupsOf(buyer: Buyer): Promise<readonly string[]> {
    return this.sources.groupsOf(buyer);
  }

  private counts(promotions: readonly ActivePromotion[]): Promise<Map<string, number>> {
    const ids = promotions.filter(({ useLimit }) => useLimit !== null).map(({ id }) => id);
    return this.countsOf(
      ids,
      sql`SELECT promotion_id, uses
          FROM promotion_counter
          WHERE promotion_id IN ${sql.in(ids)}`,
    );
  }

  private customerCounts(
    buyer: Buyer,
    promotions: readonly ActivePromotion[],
  ): Promise<Map<string, number>> {
    const key = customerKeyOf(buyer);
    const limited = promotions.filter((each) => customerLimitOf(each) !== null);
    const ids = key === undefined ? [] : limited.map(({ id }) => id);
    return this.countsOf(
      ids,
      sql`SELECT promotion_id, uses
          FROM promotion_customer_counter
          WHERE customer_key = ${key ?? null} AND promotion_id IN ${sql.in(ids)}`,
    );
  }

  private async countsOf(
    ids: readonly string[],
    statement: ReturnType<typeof sql>,
  ): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<CountRow>(statement);
    return new Map(rows.map(({ promotion_id: id, uses }) => [id, uses]));
  }
}
