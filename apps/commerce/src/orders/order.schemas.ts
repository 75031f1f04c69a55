import { z } from 'zod';
import { addressBody, pageOf } from '#libs/http';
import { orderAwaits, orderPaymentStates, orderStates } from '#libs/orders';
import { paymentMethods } from '#libs/payments';
import { promotionAnswer, taxAnswer } from '../carts/cart.schemas.js';
import { money } from '../catalog/storefront.schemas.js';

export const numberParams = z.strictObject({ number: z.string().min(1).max(40) });
export type NumberParams = z.infer<typeof numberParams>;

export const orderAnswer = z.object({
  id: z.uuid(),
  number: z.string(),
  store: z.string(),
  state: z.enum(orderStates),
  paymentState: z.enum(orderPaymentStates),
  awaits: z
    .enum(orderAwaits)
    .nullable()
    .describe('`confirmation`: its stock is not taken yet; `stock`: some items are delayed.'),
  paymentMethod: z.enum(paymentMethods),
  email: z.string(),
  shippingAddress: addressBody,
  billingAddress: addressBody,
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
      isDelayed: z.boolean().describe('There is too little of it at the moment.'),
      unitPrice: money,
      total: money.describe('With tax, after discounts.'),
    }),
  ),
  promotions: z.array(
    promotionAnswer.extend({ coupon: z.string().nullable().describe('The code that opened it.') }),
  ),
  pricesIncludeTax: z.boolean(),
  subtotal: money.describe('subtotal - discount + shipping + tax = total, exactly.'),
  discount: money,
  shipping: money,
  tax: money,
  taxes: z.array(taxAnswer),
  total: money,
  placedAt: z.iso.datetime(),
});
export type OrderAnswer = z.infer<typeof orderAnswer>;

export const orderSummary = z.object({
  number: z.string(),
  store: z.string(),
  state: z.enum(orderStates),
  paymentState: orderAnswer.shape.paymentState,
  total: money,
  placedAt: z.iso.datetime(),
});
export type OrderSummary = z.infer<typeof orderSummary>;

export const orderPage = pageOf(orderSummary);
