import type { LineChange, PricedCart } from '#libs/carts';
import type { Money } from '#libs/kernel';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order, OrderLine } from '../model/order.js';
import { orderPromotions } from './order-promotions.js';

/** An order as it will be placed when nothing that it was planned from changes. */
export type PlannedOrder = Omit<
  Order,
  'id' | 'number' | 'awaits' | 'plannedAt' | 'placedAt' | 'updatedAt' | 'version' | 'transitions'
>;

/**
 * What a cart becomes when it is ordered for the total that its shopper has confirmed. Pure.
 *
 * Throws `orders.cart-incomplete`, `orders.items-unavailable`, and `orders.total-changed` with what it
 * comes to now and what changed.
 */
export function planOrder(priced: PricedCart, expectedTotal: Money): PlannedOrder {
  const { cart, lines, totals } = priced;
  const { email, paymentMethod } = cart;
  const shipping = priced.shippingMethods.find(({ code }) => code === cart.shippingMethod);
  const shippingAddress = shipping?.pickUp?.address ?? cart.shippingAddress;
  // The place where something is fetched is not who pays for it.
  const billingAddress = cart.billingAddress ?? cart.shippingAddress;
  const missing = [
    lines.length === 0 ? 'items' : undefined,
    email === null ? 'email' : undefined,
    shippingAddress === null ? 'shippingAddress' : undefined,
    shippingAddress !== null && billingAddress === null ? 'billingAddress' : undefined,
    shipping === undefined ? 'shippingMethod' : undefined,
    paymentMethod === null ? 'paymentMethod' : undefined,
  ].filter((name) => name !== undefined);
  if (
    missing.length > 0 ||
    email === null ||
    shippingAddress === null ||
    billingAddress === null ||
    shipping === undefined ||
    paymentMethod === null
  ) {
    const refused = priced.refusedShipping.filter(({ code }) => code === cart.shippingMethod);
    const details = refused.length > 0 ? { missing, shippingMethods: refused } : { missing };
    throw ordersErrors.cartIncomplete({ details });
  }
  const problems = lines
    .filter(({ problem }) => problem !== null)
    .map(({ id, sku, problem }) => ({ item: id, sku, problem }));
  if (problems.length > 0) throw ordersErrors.itemsUnavailable({ details: { items: problems } });
  const isConfirmed =
    expectedTotal.amount === totals.totalMinor && expectedTotal.currency === totals.currency;
  if (!isConfirmed) {
    const changes = lines
      .filter(({ change }) => change !== null)
      .map(({ id, sku, change }) => ({
        item: id,
        sku,
        change: toldChange(change, totals.currency),
      }));
    const total = { amount: totals.totalMinor, currency: totals.currency };
    const coupons = priced.promotions.coupons.filter(({ isApplied }) => !isApplied);
    const shippingNow = { method: shipping.code, amount: totals.shippingMinor };
    throw ordersErrors.totalChanged({
      details: {
        total,
        shipping: { ...shippingNow, currency: totals.currency },
        changes,
        coupons,
      },
    });
  }
  return {
    storeId: cart.storeId,
    storeCode: cart.storeCode,
    customerId: cart.customerId,
    state: 'open',
    paymentState: totals.totalMinor === 0 ? 'paid' : 'pending',
    paymentMethod,
    currency: cart.currency,
    locale: cart.locale,
    email,
    shippingAddress,
    billingAddress,
    shipping: {
      method: shipping.code,
      name: shipping.name,
      pickUpLocation: shipping.pickUp?.location ?? null,
    },
    taxes: totals.taxes,
    promotions: orderPromotions(priced),
    pricesIncludeTax: totals.pricesIncludeTax,
    subtotalMinor: totals.subtotalMinor,
    discountMinor: totals.discountMinor,
    shippingMinor: totals.shippingMinor,
    taxMinor: totals.taxMinor,
    totalMinor: totals.totalMinor,
    lines: lines.flatMap(orderLine),
  };
}

function orderLine(line: PricedCart['lines'][number]): OrderLine[] {
  const { totals, name } = line;
  if (totals === null || name === null) return [];
  return [
    {
      productId: line.productId,
      variantId: line.variantId,
      sku: line.sku,
      name,
      optionValues: line.optionValues,
      quantity: line.quantity,
      isStockTaken: false,
      takenFrom: [],
      isDelayed: false,
      unitPriceMinor: totals.unitPriceMinor,
      subtotalMinor: totals.subtotalMinor,
      discountMinor: totals.discountMinor,
      taxMinor: totals.taxMinor,
      totalMinor: totals.totalMinor,
      discounts: totals.discounts,
      taxes: totals.taxes,
    },
  ];
}

/** A change as clients are told amounts. */
function toldChange(change: LineChange | null, currency: string) {
  if (change?.kind !== 'price') return change;
  return {
    kind: change.kind,
    before: { amount: change.beforeMinor, currency },
    after: { amount: change.afterMinor, currency },
  };
}
