import { z } from 'zod';
import type { TriedCart } from '#authoring/carts';
import { cartLimits, type ImaginedCart } from '#libs/carts';
import { countryCode, plainText } from '#libs/http';
import {
  promotionCheckKinds,
  promotionLimits,
  refusalReasons,
  type PromotionOutcome,
} from '#libs/promotions';
import { currency, storeCode } from '../catalog/catalog.schemas.js';
import { newPromotionBody } from './promotion.schemas.js';

const imaginedCart = z.strictObject({
  items: z
    .array(
      z.strictObject({
        sku: z.string().min(1).max(200),
        quantity: z.number().int().min(1).max(cartLimits.quantity),
      }),
    )
    .min(1)
    .max(cartLimits.lines),
  currency: currency.optional().describe('Absent: that of the store.'),
  locale: z.string().min(2).max(20).optional(),
  customerId: z.uuid().nullable().default(null).describe('Of the store; null: a guest.'),
  email: z
    .email()
    .max(320)
    .nullable()
    .default(null)
    .describe('By which uses of guests are counted.'),
  coupons: z.array(plainText(40)).max(promotionLimits.couponsOfCart).default([]),
  shippingMethod: plainText(60).nullable().default(null),
  place: z
    .strictObject({
      country: countryCode,
      region: plainText(100).nullable().default(null),
      postalCode: plainText(20).default(''),
    })
    .nullable()
    .default(null)
    .describe('Where it would go, for taxes and shipping.'),
});

/** Of where it goes, only what taxes and shipping depend on is asked. */
export function triedCartOf({ place, ...cart }: z.infer<typeof imaginedCart>): ImaginedCart {
  const nobody = { name: '', company: null, street: '', street2: null, city: '', phone: null };
  const shippingAddress = place === null ? null : { ...nobody, ...place };
  return { ...cart, shippingAddress, billingAddress: null, paymentMethod: null };
}

export const trialBody = z.strictObject({
  store: storeCode,
  promotion: z
    .union([
      z.strictObject({ id: z.uuid() }),
      z.strictObject({ draft: newPromotionBody.omit({ store: true }) }),
    ])
    .describe('One of the store, also a paused one, or one that is not stored.'),
  isCouponGiven: z.boolean().default(false).describe('Try it as if its coupon had been given.'),
  at: z.iso
    .datetime({ offset: true })
    .nullable()
    .default(null)
    .describe('The instant it is tried at; null: now.'),
  cart: z
    .union([z.strictObject({ id: z.uuid() }), imaginedCart])
    .describe('A cart of a shopper, or what somebody might have in one.'),
});
export type TrialBody = z.infer<typeof trialBody>;

const money = z.object({ amount: z.number().int(), currency: z.string() });
const reason = z.enum(refusalReasons).nullable().describe('null: it applies, or is met.');

export const trialAnswer = z.object({
  isApplied: z.boolean(),
  reason,
  discount: money.describe('Off the items, as prices are written: with or without tax.'),
  shippingDiscount: money,
  allocations: z.array(
    z.object({ item: z.number().int().describe('Place in `items`, from 1.'), discount: money }),
  ),
  checks: z
    .array(
      z.object({
        kind: z.enum(promotionCheckKinds),
        condition: z
          .number()
          .int()
          .nullable()
          .describe('Its place in the conditions of the promotion, from 0.'),
        isMet: z.boolean(),
        reason,
        actual: z
          .number()
          .int()
          .nullable()
          .describe('What the cart has of what is counted: minor units or pieces.'),
      }),
    )
    .describe('All that it asks for, met or not.'),
  others: z
    .array(z.object({ id: z.uuid(), name: z.string(), isApplied: z.boolean(), reason }))
    .describe('The other promotions of the store, with this one among them.'),
  items: z.array(
    z.object({
      sku: z.string().nullable(),
      name: z.string().nullable(),
      quantity: z.number().int(),
      problem: z.string().nullable().describe('Why it cannot be ordered, and counts for nothing.'),
      unitPrice: money.nullable(),
      total: money.nullable(),
    }),
  ),
  totals: z.object({
    subtotal: money.describe('subtotal - discount + shipping + tax = total, exactly.'),
    discount: money,
    shipping: money,
    tax: money,
    total: money,
  }),
});
export type TrialAnswer = z.infer<typeof trialAnswer>;

export function trialAnswerOf({ priced, promotionId, checks }: TriedCart): TrialAnswer {
  const { lines, totals, promotions } = priced;
  const moneyOf = (amount: number) => ({ amount, currency: totals.currency });
  const tried = promotions.outcomes.find(({ promotion }) => promotion === promotionId);
  if (tried === undefined) throw new TypeError(`${promotionId} was not tried`);
  const allocations = tried.isApplied ? tried.allocations : [];
  return {
    ...stateOf(tried),
    discount: moneyOf(allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0)),
    shippingDiscount: moneyOf(tried.isApplied ? tried.shippingMinor : 0),
    allocations: allocations.map(({ lineId, amountMinor }) => ({
      item: lines.findIndex(({ id }) => id === lineId) + 1,
      discount: moneyOf(amountMinor),
    })),
    checks: checks.map((check) => ({ ...check })),
    others: promotions.outcomes
      .filter((outcome) => outcome !== tried)
      .map((outcome) => ({ id: outcome.promotion, name: outcome.name, ...stateOf(outcome) })),
    items: lines.map(({ sku, name, quantity, problem, totals: ofLine }) => ({
      sku,
      name,
      quantity,
      problem,
      unitPrice: ofLine === null ? null : moneyOf(ofLine.unitPriceMinor),
      total: ofLine === null ? null : moneyOf(ofLine.totalMinor),
    })),
    totals: {
      subtotal: moneyOf(totals.subtotalMinor),
      discount: moneyOf(totals.discountMinor),
      shipping: moneyOf(totals.shippingMinor),
      tax: moneyOf(totals.taxMinor),
      total: moneyOf(totals.totalMinor),
    },
  };
}

function stateOf(outcome: PromotionOutcome) {
  return { isApplied: outcome.isApplied, reason: outcome.isApplied ? null : outcome.reason };
}
