import type { Basket } from './basket.js';
import { boundsReason, countedBy, unmetReason, type RefusalReason } from './evaluate-promotions.js';
import type { PreparedPromotion } from './prepared-promotions.js';

export const promotionCheckKinds = [
  'currency',
  'validity',
  'coupon',
  'cart-total',
  'items-total',
  'quantity',
  'customer-group',
  'first-order',
  'limits',
] as const;

/** One thing that a promotion asks for, and whether a basket has it. */
export interface PromotionCheck {
  readonly kind: (typeof promotionCheckKinds)[number];
  /** Its place in the conditions of the promotion, from 0; null: it is none of them. */
  readonly condition: number | null;
  readonly isMet: boolean;
  /** null: it is met. */
  readonly reason: RefusalReason | null;
  /** What the basket has of what is asked for: minor units or pieces; null: it is not counted. */
  readonly actual: number | null;
}

/**
 * Everything that a promotion asks for, met or not, where {@link evaluatePromotions} ends at the first that is not: that one
 * is the first here that is not met. What other promotions leave to it is not looked at. Pure.
 */
export function promotionChecks(
  { promotion, conditions }: PreparedPromotion,
  basket: Basket,
): PromotionCheck[] {
  const { id, currency, needsCoupon } = promotion;
  const ofCurrency = currency !== null && currency !== basket.currency;
  const isMissing = needsCoupon && !basket.couponPromotionIds.has(id);
  return [
    checked('currency', ofCurrency ? 'other-currency' : undefined),
    checked('validity', boundsReason(promotion, basket.at)),
    checked('coupon', isMissing ? 'coupon-missing' : undefined),
    ...conditions.map(({ condition, isMeant }, index) => ({
      ...checked(condition.kind, unmetReason(condition, isMeant, basket)),
      condition: index,
      actual: countedBy(condition, isMeant, basket) ?? null,
    })),
    checked('limits', basket.usedUp.get(id)),
  ];
}

function checked(kind: PromotionCheck['kind'], reason: RefusalReason | undefined): PromotionCheck {
  return {
    kind,
    condition: null,
    isMet: reason === undefined,
    reason: reason ?? null,
    actual: null,
  };
}
