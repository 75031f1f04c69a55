import { z } from 'zod';
import { isoTime, pageFields, pageOf, plainText, queryInteger } from '#libs/http';
import {
  orderActions,
  orderAwaits,
  orderPaymentStates,
  orderStates,
  type Order,
  type OrderFilter,
  type OrderHead,
} from '#libs/orders';
import { storeCode } from '../catalog/catalog.schemas.js';

const money = z.object({ amount: z.number().int(), currency: z.string() });
export const address = z.object({
  name: z.string(),
  company: z.string().nullable(),
  street: z.string(),
  street2: z.string().nullable(),
  postalCode: z.string(),
  city: z.string(),
  region: z.string().nullable(),
  country: z.string(),
  phone: z.string().nullable(),
});
const tax = z.object({
  code: z.string(),
  name: z.string(),
  ratePpm: z.number().int().describe('Millionths: 19 % is 190,000.'),
  amount: money,
});

const totalMinor = queryInteger(0, Number.MAX_SAFE_INTEGER);

export const orderListQuery = z.strictObject({
  ...pageFields,
  store: storeCode,
  state: z.enum(orderStates).optional(),
  paymentState: z.enum(orderPaymentStates).optional(),
  awaits: z
    .enum(orderAwaits)
    .optional()
    .describe('`confirmation`: its stock is not taken yet; `stock`: some items are delayed.'),
  number: z.string().max(40).optional(),
  email: z.string().max(320).optional(),
  customer: z.uuid().optional(),
  sku: plainText(200).optional().describe('Of a line.'),
  q: plainText(200)
    .optional()
    .describe('The beginning of a number or of an e-mail address, or a whole SKU.'),
  placedFrom: z.iso.datetime().optional(),
  placedUntil: z.iso.datetime().optional().describe('Exclusive.'),
  minTotal: totalMinor.optional().describe('In minor units.'),
  maxTotal: totalMinor.optional().describe('In minor units.'),
});
export type OrderListQuery = z.infer<typeof orderListQuery>;

/** What of a query says which orders are meant. */
export function orderFilterOf(query: OrderListQuery): OrderFilter {
  const { state, paymentState, number, email, sku, q, placedFrom, placedUntil } = query;
  const timeOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return {
    state,
    paymentState,
    awaits: query.awaits,
    number,
    email,
    customerId: query.customer,
    sku,
    search: q,
    placedFrom: timeOf(placedFrom),
    placedUntil: timeOf(placedUntil),
    minTotalMinor: query.minTotal,
    maxTotalMinor: query.maxTotal,
  };
}

export const orderActionBody = z.strictObject({
  action: z.enum(orderActions),
  reason: plainText(500).nullable().default(null),
});
export type OrderActionBody = z.infer<typeof orderActionBody>;

export const orderSummary = z.object({
  id: z.uuid(),
  number: z.string(),
  state: z.enum(orderStates),
  paymentState: z.enum(orderPaymentStates),
  awaits: z.enum(orderAwaits).nullable().describe('What it waits for; null: nothing.'),
  paymentMethod: z.string(),
  email: z.string(),
  total: money,
  version: z.number().int(),
  placedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type OrderSummary = z.infer<typeof orderSummary>;

export const orderPage = pageOf(orderSummary);

export const orderAnswer = z.object({
  ...orderSummary.shape,
  locale: z.string(),
  shippingAddress: address,
  billingAddress: address,
  shippingMethod: z.object({
    code: z.string(),
    name: z.string(),
    pickUpLocation: z.string().nullable().describe('Where it is fetched; null: it is sent.'),
  }),
  items: z.array(
    z.object({
      productId: z.uuid(),
      variantId: z.uuid(),
      sku: z.string().nullable(),
      name: z.string(),
      optionValues: z.array(z.string()),
      quantity: z.number().int(),
      isDelayed: z.boolean().describe('There was too little of it; it cannot be shipped yet.'),
      unitPrice: money,
      subtotal: money,
      discount: money,
      tax: money,
      total: money,
      taxes: z.array(tax),
    }),
  ),
  promotions: z.array(
    z.object({
      id: z.uuid(),
      version: z.number().int().describe('Of the promotion, as it was applied.'),
      name: z.string(),
      coupon: z.string().nullable(),
      discount: money.describe('Off the items, as prices are written: with or without tax.'),
      shippingDiscount: money,
      allocations: z.array(
        z.object({
          item: z.number().int().describe('Place in `items`, from 1.'),
          discount: money,
        }),
      ),
    }),
  ),
  pricesIncludeTax: z.boolean(),
  subtotal: money.describe('subtotal - discount + shipping + tax = total, exactly.'),
  discount: money,
  shipping: money,
  tax: money,
  taxes: z.array(tax),
  history: z.array(
    z.object({
      action: z.string(),
      actor: z.string().nullable().describe('null: the shopper.'),
      reason: z.string().nullable(),
      at: z.iso.datetime(),
    }),
  ),
});
export type OrderAnswer = z.infer<typeof orderAnswer>;

export function orderSummaryOf(order: OrderHead): OrderSummary {
  return {
    id: order.id,
    number: order.number,
    state: order.state,
    paymentState: order.paymentState,
    awaits: order.awaits,
    paymentMethod: order.paymentMethod,
    email: order.email,
    total: { amount: order.totalMinor, currency: order.currency },
    version: order.version,
    placedAt: isoTime(order.placedAt),
    updatedAt: isoTime(order.updatedAt),
  };
}

export function orderAnswerOf(order: Order): OrderAnswer {
  const moneyOf = (amount: number) => ({ amount, currency: order.currency });
  const taxesOf = ({ taxes }: Pick<Order, 'taxes'>) =>
    taxes.map(({ amountMinor, ...rate }) => ({ ...rate, amount: moneyOf(amountMinor) }));
  return {
    ...orderSummaryOf(order),
    locale: order.locale,
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
      unitPrice: moneyOf(line.unitPriceMinor),
      subtotal: moneyOf(line.subtotalMinor),
      discount: moneyOf(line.discountMinor),
      tax: moneyOf(line.taxMinor),
      total: moneyOf(line.totalMinor),
      taxes: taxesOf(line),
    })),
    promotions: order.promotions.map((each) => ({
      id: each.promotion,
      version: each.version,
      name: each.name,
      coupon: each.coupon,
      discount: moneyOf(each.amountMinor),
      shippingDiscount: moneyOf(each.shippingMinor),
      allocations: each.allocations.map(({ line, amountMinor }) => ({
        item: line,
        discount: moneyOf(amountMinor),
      })),
    })),
    pricesIncludeTax: order.pricesIncludeTax,
    subtotal: moneyOf(order.subtotalMinor),
    discount: moneyOf(order.discountMinor),
    shipping: moneyOf(order.shippingMinor),
    tax: moneyOf(order.taxMinor),
    taxes: taxesOf(order),
    history: order.transitions.map(({ action, actor, reason, occurredAt }) => ({
      action,
      actor,
      reason,
      at: isoTime(occurredAt),
    })),
  };
}
