import { z } from 'zod';
import { cartLimits, type PricedCart } from '#libs/carts';
import { addressBody, plainText } from '#libs/http';
import { productLimits } from '#libs/kernel';
import { orderAwaits } from '#libs/orders';
import { paymentMethods, paymentStates } from '#libs/payments';
import { promotionLimits, refusalReasons } from '#libs/promotions';
import type { StaffOrder, StaffOrderEditor } from '#authoring/orders';
import { currency, storeCode } from '../catalog/catalog.schemas.js';

const sku = z.string().min(1).max(200);

/** What somebody orders, some of it for an agreed price. */
export const orderedItems = z
  .array(
    z.strictObject({
      sku,
      quantity: z.number().int().min(1).max(cartLimits.quantity),
      agreedPrice: z
        .strictObject({
          amount: z
            .number()
            .int()
            .min(0)
            .max(productLimits.amountMinor)
            .describe('Of one piece, as prices are written in the store.'),
          reason: plainText(200),
        })
        .nullable()
        .default(null)
        .describe('Instead of what is listed; stands in the history and in the audit log.'),
    }),
  )
  .min(1)
  .max(cartLimits.lines);
type OrderedItems = z.infer<typeof orderedItems>;

export const quoteBody = z.strictObject({
  store: storeCode,
  customerId: z.uuid().nullable().default(null).describe('Of the store; null: a guest.'),
  email: z
    .email()
    .max(254)
    .nullable()
    .default(null)
    .describe('Where it is confirmed; null: that of the customer.'),
  currency: currency.optional().describe('Absent: that of the store.'),
  locale: z.string().min(2).max(20).optional().describe('In which the buyer is written to.'),
  items: orderedItems,
  coupons: z.array(plainText(40)).max(promotionLimits.couponsOfCart).default([]),
  shippingMethod: plainText(60).nullable().default(null),
  shippingAddress: addressBody.nullable().default(null),
  billingAddress: addressBody
    .nullable()
    .default(null)
    .describe('null: the one that is shipped to.'),
  paymentMethod: z.enum(paymentMethods).nullable().default(null),
});
export type QuoteBody = z.infer<typeof quoteBody>;

export const staffOrderBody = quoteBody.extend({
  expectedTotal: z
    .strictObject({ amount: z.number().int().min(0), currency })
    .describe('What the buyer has agreed to pay.'),
});
export type StaffOrderBody = z.infer<typeof staffOrderBody>;

export function staffOrderOf({ items, store: _, ...rest }: QuoteBody): StaffOrder {
  return {
    ...rest,
    ...itemsOf(items),
  };
}

/** What is ordered, and what of it has an agreed price. */
export function itemsOf(items: OrderedItems): Pick<StaffOrder, 'items' | 'agreedPrices'> {
  return {
    items: items.map(({ sku: code, quantity }) => ({ sku: code, quantity })),
    agreedPrices: items.flatMap(({ sku: code, agreedPrice }) =>
      agreedPrice === null
        ? []
        : [{ sku: code, unitPriceMinor: agreedPrice.amount, reason: agreedPrice.reason }],
    ),
  };
}

const money = z.object({ amount: z.number().int(), currency: z.string() });

export const quoteAnswer = z.object({
  items: z.array(
    z.object({
      sku: z.string().nullable(),
      name: z.string().nullable(),
      quantity: z.number().int(),
      problem: z.string().nullable().describe('Why it cannot be ordered, and counts for nothing.'),
      warning: z
        .enum(['not-enough'])
        .nullable()
        .describe('`not-enough`: for now there is less in stock than it would take.'),
      unitPrice: money.nullable(),
      discount: money.nullable(),
      total: money.nullable(),
    }),
  ),
  shippingMethods: z.array(z.object({ code: z.string(), name: z.string(), price: money })),
  promotions: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      isApplied: z.boolean(),
      reason: z.enum(refusalReasons).nullable().describe('null: it applies.'),
    }),
  ),
  subtotal: money.describe('subtotal - discount + shipping + tax = total, exactly.'),
  discount: money,
  shipping: money,
  tax: money,
  total: money,
});
export type QuoteAnswer = z.infer<typeof quoteAnswer>;

/** `short`: variants of which there is too little. */
export function quoteAnswerOf(
  { lines, totals, ...priced }: PricedCart,
  short: ReadonlySet<string>,
): QuoteAnswer {
  const moneyOf = (amount: number) => ({ amount, currency: totals.currency });
  return {
    items: lines.map(({ sku: code, variantId, name, quantity, problem, totals: ofLine }) => ({
      sku: code,
      name,
      quantity,
      problem,
      warning: short.has(variantId) ? 'not-enough' : null,
      unitPrice: ofLine === null ? null : moneyOf(ofLine.unitPriceMinor),
      discount: ofLine === null ? null : moneyOf(ofLine.discountMinor),
      total: ofLine === null ? null : moneyOf(ofLine.totalMinor),
    })),
    shippingMethods: priced.shippingMethods.map(({ code, name, priceMinor }) => ({
      code,
      name,
      price: moneyOf(priceMinor),
    })),
    promotions: priced.promotions.outcomes.map((outcome) => ({
      id: outcome.promotion,
      name: outcome.name,
      isApplied: outcome.isApplied,
      reason: outcome.isApplied ? null : outcome.reason,
    })),
    subtotal: moneyOf(totals.subtotalMinor),
    discount: moneyOf(totals.discountMinor),
    shipping: moneyOf(totals.shippingMinor),
    tax: moneyOf(totals.taxMinor),
    total: moneyOf(totals.totalMinor),
  };
}

export const placedAnswer = z.object({
  id: z.uuid(),
  number: z.string(),
  total: money,
  awaits: z.enum(orderAwaits).nullable(),
  payment: z.object({ method: z.enum(paymentMethods), state: z.enum(paymentStates) }),
});
export type PlacedAnswer = z.infer<typeof placedAnswer>;

type Placed = Awaited<ReturnType<StaffOrderEditor['place']>>;

export function placedAnswerOf({ totalMinor: amount, currency: of, ...placed }: Placed) {
  const { id, number, awaits, payment } = placed;
  return { id, number, total: { amount, currency: of }, awaits, payment } satisfies PlacedAnswer;
}
