import { z } from 'zod';
import { cartLimits } from '#libs/carts';
import { refusalReasons } from '#libs/promotions';
import { addressBody, idParams } from '#libs/http';
import { orderAwaits } from '#libs/orders';
import { paymentMethods } from '#libs/payments';
import { shippingRefusals } from '#libs/stores';
import { currency, locale, money } from '../catalog/storefront.schemas.js';
import { paymentAnswer } from '../payments/payment.schemas.js';

export const newCartBody = z.strictObject({
  currency: currency.optional(),
  locale: locale.optional(),
});
export type NewCartBody = z.infer<typeof newCartBody>;

const quantity = z.number().int().min(1).max(cartLimits.quantity);

export const itemsBody = z.strictObject({
  items: z
    .array(z.strictObject({ sku: z.string().min(1).max(200), quantity }))
    .min(1)
    .max(cartLimits.itemsOfRequest),
});
export type ItemsBody = z.infer<typeof itemsBody>;

export const quantityBody = z.strictObject({ quantity });
export type QuantityBody = z.infer<typeof quantityBody>;

export const itemParams = idParams.extend({ itemId: z.uuid() });
export type ItemParams = z.infer<typeof itemParams>;

export const couponParams = idParams.extend({ code: z.string().min(1).max(100) });
export type CouponParams = z.infer<typeof couponParams>;

const MAX_EMAIL = 254;

/** What is named changes, the rest stays. */
export const detailsBody = z
  .strictObject({
    email: z.email().max(MAX_EMAIL),
    shippingAddress: addressBody,
    billingAddress: addressBody.nullable().describe('null: the one that is shipped to.'),
    shippingMethod: z.string().min(1).max(60),
    paymentMethod: z.enum(paymentMethods),
  })
  .partial();
export type DetailsBody = z.infer<typeof detailsBody>;

export const checkoutBody = z.strictObject({
  expectedTotal: z
    .strictObject({
      amount: z.number().int().min(0),
      currency,
    })
    .describe('What the shopper has confirmed to pay.'),
});
export type CheckoutBody = z.infer<typeof checkoutBody>;

/** Why a promotion does not apply that the cart is not far from; of others shoppers are told nothing. */
export const shownReasons = [
  'cart-total-too-low',
  'items-total-too-low',
  'quantity-too-low',
  'exclusive-with-others',
] as const;

export const taxAnswer = z.object({
  code: z.string(),
  name: z.string(),
  ratePpm: z.number().int().describe('Millionths: 19 % is 190,000.'),
  amount: money,
});

const lineProblem = z.enum(['not-sold', 'no-price', 'too-dear', 'out-of-stock']);
const lineChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('price'), before: money, after: money }),
  z.object({ kind: z.literal('gone') }),
]);

export const priceList = z.object({
  code: z.string(),
  name: z.string(),
  basePrice: money.describe('What it costs without the list.'),
  change: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('percent'),
      percentPpm: z.number().int().describe('Millionths that are added: -100,000 is 10 % off.'),
    }),
    z.object({ kind: z.literal('amount'), amount: money.describe('Added.') }),
  ]),
});

const cartItemAnswer = z.object({
  id: z.uuid(),
  productId: z.uuid(),
  variantId: z.uuid(),
  sku: z.string().nullable(),
  slug: z.string().nullable(),
  name: z.string().nullable().describe('null: it is not sold any more.'),
  optionValues: z.array(z.string()),
  imageUrl: z.string().nullable(),
  quantity: z.number().int(),
  availability: z.enum(['in-stock', 'backorder', 'out-of-stock']),
  problem: lineProblem.nullable().describe('Why the cart cannot be ordered with it.'),
  change: lineChange.nullable().describe('What is different since the cart was last changed.'),
  unitPrice: money.nullable(),
  priceList: priceList
    .nullable()
    .describe('Of which list the price is; null: it is the base price.'),
  total: money.nullable().describe('With tax, after discounts.'),
});

/** What shoppers are told of a promotion. */
export const promotionAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  discount: money.describe('Off the items, as prices are written: with or without tax.'),
  shippingDiscount: money,
});

const couponAnswer = z.object({
  code: z.string(),
  isApplied: z.boolean(),
  reason: z.enum(refusalReasons).nullable().describe('Why it takes nothing off.'),
});

const missedPromotionAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  reason: z.enum(shownReasons),
});

export const cartAnswer = z.object({
  id: z.uuid(),
  version: z.number().int(),
  state: z.enum(['open', 'ordered']),
  store: z.string(),
  currency: z.string(),
  locale: z.string(),
  email: z.string().nullable(),
  shippingAddress: addressBody.nullable(),
  billingAddress: addressBody.nullable(),
  shippingMethod: z.string().nullable(),
  paymentMethod: z.enum(paymentMethods).nullable(),
  items: z.array(cartItemAnswer),
  shippingMethods: z
    .array(
      z.object({
        code: z.string(),
        name: z.string(),
        price: money,
        pickUp: z
          .object({ location: z.string(), address: addressBody })
          .nullable()
          .describe('Where the order is fetched, without a shipping address; null: it is sent.'),
      }),
    )
    .describe('What can be chosen, for the address and the items of the cart.'),
  refusedShippingMethods: z
    .array(z.object({ code: z.string(), name: z.string(), reason: z.enum(shippingRefusals) }))
    .describe('What cannot be chosen, and why.'),
  coupons: z.array(couponAnswer),
  promotions: z.array(promotionAnswer).describe('What is taken off, in the order of applying.'),
  missedPromotions: z.array(missedPromotionAnswer),
  pricesIncludeTax: z.boolean(),
  subtotal: money.describe('subtotal - discount + shipping + tax = total, exactly.'),
  discount: money,
  shipping: money,
  tax: money,
  taxes: z.array(taxAnswer),
  total: money,
  expiresAt: z.iso.datetime(),
});
export type CartAnswer = z.infer<typeof cartAnswer>;

export const newCartAnswer = z.object({
  ...cartAnswer.shape,
  token: z
    .string()
    .nullable()
    .describe('Opens the cart; it is told only here. null: the cart opens to the customer alone.'),
});
export type NewCartAnswer = z.infer<typeof newCartAnswer>;

export const addedItemsAnswer = z.object({
  ...cartAnswer.shape,
  outcomes: z
    .array(
      z.object({
        sku: z.string(),
        isAdded: z.boolean(),
        reason: z.enum(['unknown-sku', 'too-many', 'cart-full', 'not-enough']).nullable(),
      }),
    )
    .describe('One for each item of the request, in its order.'),
});
export type AddedItemsAnswer = z.infer<typeof addedItemsAnswer>;

export const checkoutAnswer = z.object({
  id: z.uuid(),
  number: z.string(),
  total: money,
  awaits: z
    .enum(orderAwaits)
    .nullable()
    .describe(
      '`confirmation`: accepted; whether all of it is in stock is told later. null: nothing.',
    ),
  payment: paymentAnswer,
});
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>;
