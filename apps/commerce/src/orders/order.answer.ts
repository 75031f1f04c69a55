import { isoTime } from '#libs/http';
import type { Order, OrderGlance } from '#libs/orders';
import { taxAnswersOf } from '../carts/cart.answer.js';
import type { OrderAnswer, OrderSummary } from './order.schemas.js';

/** An order in a list. */
export function orderSummaryOf(order: OrderGlance): OrderSummary {
  return {
    number: order.number,
    store: order.storeCode,
    state: order.state,
    paymentState: order.paymentState,
    total: { amount: order.totalMinor, currency: order.currency },
    placedAt: isoTime(order.placedAt),
  };
}

/** An order as its owner sees it. */
export function orderAnswerOf(order: Order): OrderAnswer {
  const money = (amount: number) => ({ amount, currency: order.currency });
  return {
    id: order.id,
    number: order.number,
    store: order.storeCode,
    state: order.state,
    paymentState: order.paymentState,
    awaits: order.awaits,
    paymentMethod: order.paymentMethod,
    email: order.email,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    shippingMethod: {
      code: order.shipping.method,
      name: order.shipping.name,
      pickUpLocation: order.shipping.pickUpLocation ?? null,
    },
    items: order.lines.map((line) => ({
      productId: line.productId,
      variantId: line.variantId,
      sku: line.sku,
      name: line.name,
      optionValues: [...line.optionValues],
      quantity: line.quantity,
      isDelayed: line.isDelayed,
      unitPrice: money(line.unitPriceMinor),
      total: money(line.totalMinor),
    })),
    promotions: order.promotions.map((each) => ({
      id: each.promotion,
      name: each.name,
      coupon: each.coupon,
      discount: money(each.amountMinor),
      shippingDiscount: money(each.shippingMinor),
    })),
    pricesIncludeTax: order.pricesIncludeTax,
    subtotal: money(order.subtotalMinor),
    discount: money(order.discountMinor),
    shipping: money(order.shippingMinor),
    tax: money(order.taxMinor),
    taxes: taxAnswersOf(order.taxes, order.currency),
    total: money(order.totalMinor),
    placedAt: isoTime(order.placedAt),
  };
}
