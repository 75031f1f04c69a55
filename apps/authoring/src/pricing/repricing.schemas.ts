import { z } from 'zod';
import type { ForeseenRepricing, RepricedPrice } from '#authoring/pricing';
import { isoTime, pageFields, pageOf, plainText, type Answer } from '#libs/http';
import { productLimits } from '#libs/kernel';
import { repricingLimits, repricingOutcomes, type PriceRule, type Repricing } from '#libs/pricing';
import { currency, storeCode } from '../catalog/catalog.schemas.js';
import { changesBy, inMinor, rounding, roundingOf } from './price-rule.schemas.js';

const filter = z
  .strictObject({
    all: z.literal(true).optional().describe('Every product of the store; alone.'),
    categoryId: z.uuid().optional().describe('Products in it and in the categories below.'),
    brand: plainText(productLimits.brandLength).optional(),
    attribute: z
      .strictObject({
        code: plainText(productLimits.attributeCodeLength),
        value: plainText(productLimits.attributeValueLength),
      })
      .optional(),
    productIds: z.array(z.uuid()).min(1).max(repricingLimits.listed).optional(),
    skus: z
      .array(plainText(productLimits.skuLength))
      .min(1)
      .max(repricingLimits.listed)
      .optional()
      .describe('Only these variants, not the others of their products.'),
  })
  .refine(({ all, ...named }) => Object.keys(named).length > 0 !== (all === true), {
    message: 'Names what is meant, or `all` alone',
  })
  .describe('What is named holds together.');

const change = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('set'),
    amount: z.number().int().min(0).max(productLimits.amountMinor).describe(inMinor),
  }),
  ...changesBy,
]);

export const newRepricingBody = z.strictObject({
  store: storeCode,
  currency,
  filter,
  change,
  rounding: rounding.optional().describe('Without it every amount is allowed.'),
  compareAt: z
    .enum(['keep', 'previous', 'clear'])
    .default('keep')
    .describe('What it cost before: as it is, the price that is changed, or none.'),
  dryRun: z.boolean().default(false).describe('Answers what would change, and changes nothing.'),
});
export type NewRepricingBody = z.infer<typeof newRepricingBody>;

/** The rule that a body states. */
export function ruleOf({
  change: stated,
  rounding: asked,
  compareAt,
}: NewRepricingBody): PriceRule {
  const shift =
    stated.kind === 'percent' ? stated : { kind: stated.kind, amountMinor: stated.amount };
  return {
    shift,
    rounding: roundingOf(asked),
    compareAt,
  };
}

export const repricingListQuery = z.strictObject({ ...pageFields, store: storeCode });
export type RepricingListQuery = z.infer<typeof repricingListQuery>;

export const repricedPricesQuery = z.strictObject({
  ...pageFields,
  store: storeCode,
  outcome: z.enum(repricingOutcomes).optional(),
});
export type RepricedPricesQuery = z.infer<typeof repricedPricesQuery>;

export const acceptedRepricingAnswer = z.object({ repricingId: z.uuid(), jobId: z.uuid() });

const amounts = z
  .object({ amount: z.number().int(), compareAtAmount: z.number().int().nullable() })
  .nullable();

export const repricedPriceAnswer = z.object({
  productId: z.string(),
  variantId: z.string(),
  outcome: z
    .enum(repricingOutcomes)
    .describe(
      '`out-of-range`: the change makes no price of it that there may be. `changed-since`: it is no longer what the undone change made of it.',
    ),
  before: amounts.describe('What it cost; null: nothing.'),
  after: amounts.describe('null: the price was left alone.'),
});
export type RepricedPriceAnswer = Answer<typeof repricedPriceAnswer>;
export const repricedPricePage = pageOf(repricedPriceAnswer);

const foreseenRepricingAnswer = z.object({
  products: z.int().describe('How many are meant.'),
  foreseenProducts: z.int().describe('How many of them were looked at; the counts are of these.'),
  changed: z.int().describe('Prices that would change.'),
  unchanged: z.int(),
  skipped: z.int().describe('Prices that would be left alone, with a reason.'),
  sample: z.array(repricedPriceAnswer),
});

export const startedRepricingAnswer = z.object({
  repricingId: z.uuid().nullable().describe('null: a dry run.'),
  jobId: z.uuid().nullable(),
  foreseen: foreseenRepricingAnswer.nullable().describe('What a dry run would change.'),
});
export type StartedRepricingAnswer = Answer<typeof startedRepricingAnswer>;

export const repricingAnswer = z.object({
  id: z.uuid(),
  jobId: z.uuid().describe('State and progress: GET /jobs/{jobId}.'),
  store: z.string(),
  currency: z.string(),
  kind: z.enum(['change', 'undo']),
  undoes: z.uuid().nullable().describe('What it puts back.'),
  undoneBy: z.uuid().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  products: z.int().describe('How many were meant when it was accepted.'),
  done: z.int().describe('Products that were looked at so far.'),
  changed: z.int(),
  unchanged: z.int(),
  skipped: z.int().describe('Prices left alone: GET /repricings/{id}/prices says why.'),
});
export type RepricingAnswer = z.infer<typeof repricingAnswer>;
export const repricingPage = pageOf(repricingAnswer);

/** A bulk change as it is answered. */
export function repricingAnswerOf(repricing: Repricing): RepricingAnswer {
  const { id, jobId, storeCode: store, currency: of, work, undoneBy, createdBy } = repricing;
  const { products: done, changed, unchanged, skipped } = repricing.progress;
  return {
    id,
    jobId,
    store,
    currency: of,
    kind: work.kind,
    undoes: work.kind === 'undo' ? work.undoes : null,
    undoneBy,
    createdBy,
    createdAt: isoTime(repricing.createdAt),
    products: repricing.products,
    done,
    changed,
    unchanged,
    skipped,
  };
}

/** One price of a bulk change as it is answered. */
export function repricedPriceAnswerOf(price: RepricedPrice): RepricedPriceAnswer {
  const { productId, variantId, outcome, before, after } = price;
  return { productId, variantId, outcome, before: shown(before), after: shown(after) };
}

/** A dry run as it is answered. */
export function foreseenAnswerOf({ sample, ...counts }: ForeseenRepricing): StartedRepricingAnswer {
  const foreseen = { ...counts, sample: sample.map(repricedPriceAnswerOf) };
  return { repricingId: null, jobId: null, foreseen };
}

function shown(price: RepricedPrice['before']) {
  if (price === undefined) return null;
  return { amount: price.amountMinor, compareAtAmount: price.compareAtMinor };
}
