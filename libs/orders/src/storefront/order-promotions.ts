import type { PricedCart } from '#libs/carts';
import type { OrderPromotion } from '../model/order.js';

/** What the promotions of a cart take off the order that is made of it. Pure. */
export function orderPromotions({ cart, lines, promotions }: PricedCart): OrderPromotion[] {
  const placeOf = new Map(lines.map(({ id }, index) => [id, index + 1]));
  const couponOf = new Map(promotions.uses.map((use) => [use.promotionId, use.couponId]));
  return promotions.outcomes.flatMap((outcome) => {
    if (!outcome.isApplied) return [];
    const { promotion, version, name, shippingMinor } = outcome;
    const couponId = couponOf.get(promotion);
    const coupon = cart.coupons.find((each) => each.couponId === couponId)?.code ?? null;
    const allocations = outcome.allocations.map(({ lineId, amountMinor }) => {
      const line = placeOf.get(lineId);
      if (line === undefined) throw new TypeError(`there is no line ${lineId}`);
      return { line, amountMinor };
    });
    const amountMinor = allocations.reduce((sum, each) => sum + each.amountMinor, 0);
    return { promotion, version, name, coupon, amountMinor, shippingMinor, allocations };
  });
}
