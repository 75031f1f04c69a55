import { z } from 'zod';
import { isoTimeOrNull, pageFields, pageOf, plainText, type Answer } from '#libs/http';
import { promotionLimits, promotionStates, type Promotion } from '#libs/promotions';
import { currency, recordFields, recordOf, storeCode } from '../catalog/catalog.schemas.js';

const amountMinor = z
  .number()
  .int()
  .min(1)
  .max(promotionLimits.amountMinor)
  .describe('In the smallest unit of the currency of the promotion.');
const percentPpm = z
  .number()
  .int()
  .min(1)
  .max(promotionLimits.percentPpm)
  .describe('Millionths: 10 % is 100,000.');
const pieces = z.number().int().min(1).max(promotionLimits.pieces);
const sku = z.string().min(1).max(200);

const items = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({
    kind: z.literal('skus'),
    skus: z.array(sku).min(1).max(promotionLimits.listed),
  }),
  z.strictObject({
    kind: z.literal('categories'),
    categoryIds: z
      .array(z.uuid())
      .min(1)
      .max(promotionLimits.listed)
      .describe('What is in a category below is meant too.'),
  }),
]);

const condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cart-total'), atLeastMinor: amountMinor }),
  z.strictObject({ kind: z.literal('items-total'), atLeastMinor: amountMinor, items }),
  z.strictObject({
    kind: z.literal('quantity'),
    atLeast: z.number().int().min(1).max(promotionLimits.uses),
    items,
  }),
  z.strictObject({
    kind: z.literal('customer-group'),
    groups: z.array(plainText(60)).min(1).max(promotionLimits.listed),
  }),
  z.strictObject({ kind: z.literal('first-order') }),
]);

const reward = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percent'),
    percentPpm,
    items,
    atMostMinor: amountMinor.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('amount'), amountMinor, items }),
  z.strictObject({ kind: z.literal('item-free'), sku, quantity: pieces }),
  z.strictObject({ kind: z.literal('shipping'), percentPpm }),
  z.strictObject({
    kind: z.literal('buy-get'),
    buy: pieces,
    get: pieces,
    percentPpm: percentPpm.default(promotionLimits.percentPpm),
    items,
  }),
  z.strictObject({
    kind: z.literal('tiers'),
    items,
    tiers: z
      .array(
        z.strictObject({
          fromMinor: z.number().int().min(0).max(promotionLimits.amountMinor),
          percentPpm,
        }),
      )
      .min(1)
      .max(promotionLimits.tiers),
  }),
]);

const useLimit = z.number().int().min(1).max(promotionLimits.uses).nullable();
const instant = z.iso
  .datetime({ offset: true })
  .nullable()
  .describe('By the clock of the database; null: open.');

const content = {
  name: plainText(promotionLimits.nameLength),
  state: z.enum(promotionStates),
  priority: z
    .number()
    .int()
    .min(0)
    .max(promotionLimits.priority)
    .describe('The higher applies first.'),
  isExclusive: z.boolean().describe('It applies alone, or not at all.'),
  needsCoupon: z.boolean(),
  currency: currency.nullable().describe('Of its amounts; null: it has none, and holds in each.'),
  validFrom: instant,
  validUntil: instant,
  conditions: z.array(condition).max(promotionLimits.conditions),
  reward,
  useLimit: useLimit.describe('How many orders may use it; null: any number.'),
  customerUseLimit: useLimit.describe('How many orders of one customer may use it.'),
};

export const newPromotionBody = z.strictObject({
  ...content,
  store: storeCode,
  state: content.state.default('active'),
  priority: content.priority.default(0),
  isExclusive: content.isExclusive.default(false),
  needsCoupon: content.needsCoupon.default(false),
  currency: content.currency.default(null),
  validFrom: content.validFrom.default(null),
  validUntil: content.validUntil.default(null),
  conditions: content.conditions.default([]),
  useLimit: content.useLimit.default(null),
  customerUseLimit: content.customerUseLimit.default(null),
});
export type NewPromotionBody = z.infer<typeof newPromotionBody>;

export const promotionPatchBody = z.strictObject(content).partial();
export type PromotionPatchBody = z.infer<typeof promotionPatchBody>;

export const promotionListQuery = z.strictObject({
  ...pageFields,
  store: storeCode,
  state: z.enum(promotionStates).optional(),
});
export type PromotionListQuery = z.infer<typeof promotionListQuery>;

export const promotionAnswer = z.object({
  id: z.uuid(),
  ...content,
  ...recordFields,
});
export type PromotionAnswer = Answer<typeof promotionAnswer>;

export const promotionPage = pageOf(promotionAnswer);

export const promotionDetailAnswer = promotionAnswer.extend({
  uses: z.number().int().describe('How many orders have used it.'),
});
export type PromotionDetailAnswer = Answer<typeof promotionDetailAnswer>;

/** Instants as they are calculated with. */
export function timesOf({
  validFrom,
  validUntil,
}: Pick<PromotionPatchBody, 'validFrom' | 'validUntil'>) {
  const msOf = (time: string | null | undefined) =>
    typeof time === 'string' ? Date.parse(time) : time;
  return { validFrom: msOf(validFrom), validUntil: msOf(validUntil) };
}

export function promotionAnswerOf(promotion: Promotion): PromotionAnswer {
  const { storeId: _, ...rest } = promotion;
  return {
    ...rest,
    validFrom: isoTimeOrNull(promotion.validFrom),
    validUntil: isoTimeOrNull(promotion.validUntil),
    ...recordOf(promotion),
  };
}
