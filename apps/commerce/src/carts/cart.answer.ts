import type { PricedCart, PricedCartLine, TaxLine } from '#libs/carts';
import { isoTime } from '#libs/http';
import type { PriceReason, RelativeRule } from '#libs/pricing';
import type { PromotionOutcome } from '#libs/promotions';
import { shownReasons, type CartAnswer } from './cart.schemas.js';

/** A cart as its owner sees it. */
export function cartAnswerOf(priced: PricedCart): CartAnswer {
  const { cart, lines, shippingMethods, refusedShipping, promotions, totals } = priced;
  const money = (amount: number) => ({ amount, currency: cart.currency });
  return {
    id: cart.id,
    version: cart.version,
    state: cart.state,
    store: cart.storeCode,
    currency: cart.currency,
    locale: cart.locale,
    email: cart.email,
    shippingAddress: cart.shippingAddress,
    billingAddress: cart.billingAddress,
    shippingMethod: cart.shippingMethod,
    paymentMethod: cart.paymentMethod,
    items: lines.map((line) => itemAnswerOf(line, cart.currency)),
    shippingMethods: shippingMethods.map(({ code, name, priceMinor, pickUp }) => ({
      code,
      name,
      price: money(priceMinor),
      pickUp,
    })),
    refusedShippingMethods: refusedShipping.map((refused) => ({ ...refused })),
    coupons: promotions.coupons.map((coupon) => ({ ...coupon })),
    ...promotionAnswersOf(promotions.outcomes, cart.currency),
    pricesIncludeTax: totals.pricesIncludeTax,
    subtotal: money(totals.subtotalMinor),
    discount: money(totals.discountMinor),
    shipping: money(totals.shippingMinor),
    tax: money(totals.taxMinor),
    taxes: taxAnswersOf(totals.taxes, cart.currency),
    total: money(totals.totalMinor),
    expiresAt: isoTime(cart.expiresAt),
  };
}

/** What applies, and what the shopper is not far from. */
function promotionAnswersOf(outcomes: readonly PromotionOutcome[], currency: string) {
  const promotions: CartAnswer['promotions'] = [];
  const missedPromotions: CartAnswer['missedPromotions'] = [];
  for (const outcome of outcomes) {
    const head = { id: outcome.promotion, name: outcome.name };
    if (outcome.isApplied) {
      const amount = outcome.allocations.reduce((sum, each) => sum + each.amountMinor, 0);
      promotions.push({
        ...head,
        discount: { amount, currency },
        shippingDiscount: { amount: outcome.shippingMinor, currency },
      });
      continue;
    }
    const reason = shownReasons.find((each) => each === outcome.reason);
    if (reason !== undefined) missedPromotions.push({ ...head, reason });
  }
  return { promotions, missedPromotions };
}

export function taxAnswersOf(taxes: readonly TaxLine[], currency: string) {
  return taxes.map(({ code, name, ratePpm, amountMinor }) => ({
    code,
    name,
    ratePpm,
    amount: { amount: amountMinor, currency },
  }));
}

/** What a price list adds, as clients are told amounts. */
function changeAnswerOf({ shift }: RelativeRule, currency: string) {
  return shift.kind === 'percent'
    ? { kind: shift.kind, percentPpm: shift.percentPpm }
    : { kind: shift.kind, amount: { amount: shift.amountMinor, currency } };
}

/** Of which list a price is, and by what rule. */
export function priceListAnswerOf(reason: PriceReason, currency: string) {
  return {
    code: reason.list,
    name: reason.name,
    basePrice: { amount: reason.baseMinor, currency },
    change: changeAnswerOf(reason.rule, currency),
  };
}

function itemAnswerOf(line: PricedCartLine, currency: string): CartAnswer['items'][number] {
  const { totals, change, optionValues, priceReason, ...rest } = line;
  const money = (amount: number) => ({ amount, currency });
  return {
    ...rest,
    optionValues: [...optionValues],
    change:
      change?.kind === 'price'
        ? { kind: 'price', before: money(change.beforeMinor), after: money(change.afterMinor) }
        : change,
    unitPrice: totals === null ? null : money(totals.unitPriceMinor),
    priceList: priceReason === null ? null : priceListAnswerOf(priceReason, currency),
    total: totals === null ? null : money(totals.totalMinor),
  };
}
