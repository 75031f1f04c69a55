import type { Basket, BuyerFacts } from '../model/basket.js';
import type { HeldCoupon } from '../model/coupon.js';
import {
  evaluatePromotions,
  type PromotionOutcome,
  type RefusalReason,
} from '../model/evaluate-promotions.js';
import { askForCategories, type PreparedPromotion } from '../model/prepared-promotions.js';
import type { PlannedUse } from '../model/promotion-uses.js';
import { promotionChecks, type PromotionCheck } from '../model/promotion-checks.js';
import { customerLimitOf } from '../model/promotion.js';
import type { CouponState } from './use-state.js';

/** What became of a coupon of a cart. */
export interface CouponOutcome {
  readonly code: string;
  readonly isApplied: boolean;
  /** null: it is applied. `no-longer-valid` also for a coupon or promotion that is gone or paused. */
  readonly reason: RefusalReason | null;
}

export interface OfferFacts extends BuyerFacts {
  readonly coupons: readonly HeldCoupon[];
  /** By the id of the coupon; what is gone is not there. */
  readonly couponStates: ReadonlyMap<string, CouponState>;
}

/** What a basket consists of at the instant it is asked about. */
export type OfferedBasket = Omit<Basket, keyof BuyerFacts>;

/** The promotions of a store as they are for one buyer: asked of the database once, evaluated as often as needed. */
export class Offer {
  constructor(
    private readonly promotions: readonly PreparedPromotion[],
    private readonly facts: OfferFacts,
  ) {}

  /** Whether evaluating needs the categories of what is bought. */
  get needsCategories(): boolean {
    return askForCategories(this.promotions.map(({ promotion }) => promotion));
  }

  evaluate(basket: OfferedBasket): PromotionOutcome[] {
    return evaluatePromotions(this.promotions, { ...basket, ...this.facts });
  }

  /** All that one of them asks of the basket, met or not. */
  checksOf(promotionId: string, basket: OfferedBasket): PromotionCheck[] {
    const prepared = this.promotions.find(({ promotion }) => promotion.id === promotionId);
    return prepared === undefined ? [] : promotionChecks(prepared, { ...basket, ...this.facts });
  }

  /** What an order with these outcomes has to claim. */
  usesOf(outcomes: readonly PromotionOutcome[]): PlannedUse[] {
    const applied = new Set(
      outcomes.filter(({ isApplied }) => isApplied).map(({ promotion }) => promotion),
    );
    return this.promotions.flatMap(({ promotion }) => {
      if (!applied.has(promotion.id)) return [];
      const coupon = promotion.needsCoupon ? this.couponFor(promotion.id) : undefined;
      return {
        promotionId: promotion.id,
        couponId: coupon?.couponId ?? null,
        useLimit: promotion.useLimit,
        customerUseLimit: customerLimitOf(promotion),
        couponUseLimit: this.facts.couponStates.get(coupon?.couponId ?? '')?.useLimit ?? null,
        isForFirstOrder: promotion.conditions.some(({ kind }) => kind === 'first-order'),
      };
    });
  }

  /** One for each coupon that was given, in their order. */
  couponOutcomes(outcomes: readonly PromotionOutcome[]): CouponOutcome[] {
    const byPromotion = new Map(outcomes.map((each) => [each.promotion, each]));
    return this.facts.coupons.map(({ code, couponId, promotionId }) => {
      const outcome = byPromotion.get(promotionId);
      if (!this.facts.couponStates.has(couponId) || outcome === undefined) {
        return { code, isApplied: false, reason: 'no-longer-valid' };
      }
      const reason = outcome.isApplied ? null : outcome.reason;
      return { code, isApplied: outcome.isApplied, reason };
    });
  }

  private couponFor(promotionId: string): HeldCoupon | undefined {
    return this.facts.coupons.find((each) => each.promotionId === promotionId);
  }
}
