import type { Basket } from './basket.js';
import type { LineMatcher } from './line-matcher.js';
import type { PreparedPromotion } from './prepared-promotions.js';
import type { ActivePromotion, PromotionCondition } from './promotion.js';
import { rewardAmounts, type OpenLine } from './reward-amounts.js';

export const refusalReasons = [
  'other-currency',
  'not-yet-valid',
  'no-longer-valid',
  'coupon-missing',
  'cart-total-too-low',
  'items-total-too-low',
  'quantity-too-low',
  'other-customer-group',
  'not-first-order',
  'used-up',
  'customer-limit-reached',
  'coupon-used-up',
  'exclusive-with-others',
  'nothing-to-take-off',
] as const;

/** Why a promotion did not apply. */
export type RefusalReason = (typeof refusalReasons)[number];

export interface AppliedPromotion {
  readonly promotion: string;
  readonly version: number;
  readonly name: string;
  readonly isApplied: true;
  /** Of which lines how much; what is not positive is left out. */
  readonly allocations: readonly { readonly lineId: string; readonly amountMinor: number }[];
  readonly shippingMinor: number;
}

export interface RefusedPromotion {
  readonly promotion: string;
  readonly version: number;
  readonly name: string;
  readonly isApplied: false;
  readonly reason: RefusalReason;
}

export type PromotionOutcome = AppliedPromotion | RefusedPromotion;

/**
 * What each promotion does to a basket, and why, in the order in which they were prepared. A later one
 * takes off what earlier ones have left; conditions look at the prices before any promotion. An
 * exclusive one applies only when it is the first that does, and then nothing else does.
 * Pure: the same basket and promotions always give the same outcomes.
 */
export function evaluatePromotions(
  promotions: readonly PreparedPromotion[],
  basket: Basket,
): PromotionOutcome[] {
  let lines: OpenLine[] = basket.lines.map((line) => ({
    ...line,
    leftMinor: line.quantity * line.unitPriceMinor,
  }));
  let shippingLeftMinor = basket.shippingMinor;
  let applied: ActivePromotion | undefined;
  return promotions.map((prepared): PromotionOutcome => {
    const { promotion, isRewarded } = prepared;
    const { id, version, name } = promotion;
    const head = { promotion: id, version, name };
    const reason = refusal(prepared, basket, applied);
    if (reason !== undefined) return { ...head, isApplied: false, reason };
    const amounts = rewardAmounts(promotion.reward, isRewarded, lines, shippingLeftMinor);
    const offLine = (index: number): number => amounts.ofLines[index] ?? 0;
    const allocations = lines
      .map(({ lineId }, index) => ({ lineId, amountMinor: offLine(index) }))
      .filter(({ amountMinor }) => amountMinor > 0);
    if (amounts.ofShipping === 0 && allocations.length === 0) {
      return { ...head, isApplied: false, reason: 'nothing-to-take-off' };
    }
    applied = promotion;
    shippingLeftMinor -= amounts.ofShipping;
    lines = lines.map((line, index) => ({ ...line, leftMinor: line.leftMinor - offLine(index) }));
    return { ...head, isApplied: true, allocations, shippingMinor: amounts.ofShipping };
  });
}

function refusal(
  { promotion, conditions }: PreparedPromotion,
  basket: Basket,
  applied: ActivePromotion | undefined,
): RefusalReason | undefined {
  const { currency } = promotion;
  if (currency !== null && currency !== basket.currency) return 'other-currency';
  const outside = boundsReason(promotion, basket.at);
  if (outside !== undefined) return outside;
  if (promotion.needsCoupon && !basket.couponPromotionIds.has(promotion.id)) {
    return 'coupon-missing';
  }
  for (const { condition, isMeant } of conditions) {
    const unmet = unmetReason(condition, isMeant, basket);
    if (unmet !== undefined) return unmet;
  }
  const usedUp = basket.usedUp.get(promotion.id);
  if (usedUp !== undefined) return usedUp;
  const isAlone = applied === undefined || !(promotion.isExclusive || applied.isExclusive);
  return isAlone ? undefined : 'exclusive-with-others';
}

/** Whether an instant is outside of when a promotion holds. Pure. */
export function boundsReason(
  { validFrom, validUntil }: Pick<ActivePromotion, 'validFrom' | 'validUntil'>,
  at: number,
): RefusalReason | undefined {
  if (validFrom !== null && at < validFrom) return 'not-yet-valid';
  return validUntil !== null && at >= validUntil ? 'no-longer-valid' : undefined;
}

/** What a basket has of what a condition counts, in minor units or pieces; undefined for one that counts nothing. Pure. */
export function countedBy(
  { kind }: PromotionCondition,
  isMeant: LineMatcher,
  { lines }: Pick<Basket, 'lines'>,
): number | undefined {
  const sumOf = (valueOf: (line: Basket['lines'][number]) => number): number =>
    lines.reduce((total, line) => (isMeant(line) ? total + valueOf(line) : total), 0);
  switch (kind) {
    case 'cart-total':
    case 'items-total':
      return sumOf(priceOf);
    case 'quantity':
      return sumOf(({ quantity }) => quantity);
    default:
      return undefined;
  }
}

/** Why a condition does not hold; undefined when it does. Pure. */
export function unmetReason(
  condition: PromotionCondition,
  isMeant: LineMatcher,
  basket: Basket,
): RefusalReason | undefined {
  const counted = countedBy(condition, isMeant, basket) ?? 0;
  switch (condition.kind) {
    case 'cart-total':
      return counted < condition.atLeastMinor ? 'cart-total-too-low' : undefined;
    case 'items-total':
      return counted < condition.atLeastMinor ? 'items-total-too-low' : undefined;
    case 'quantity':
      return counted < condition.atLeast ? 'quantity-too-low' : undefined;
    case 'customer-group':
      return condition.groups.some((group) => basket.customerGroups.includes(group))
        ? undefined
        : 'other-customer-group';
    case 'first-order':
      return basket.isFirstOrder ? undefined : 'not-first-order';
  }
}

function priceOf({ quantity, unitPriceMinor }: Basket['lines'][number]): number {
  return quantity * unitPriceMinor;
}
