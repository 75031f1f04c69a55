import { z } from 'zod';
import { isoTimeOrNull, plainText, type Answer } from '#libs/http';
import { relativeListLimits, type RelativeList, type RelativeListContent } from '#libs/pricing';
import { currency, recordFields, recordOf, slug, storeCode } from '../catalog/catalog.schemas.js';
import { changesBy, rounding, roundingOf } from './price-rule.schemas.js';

const instant = z.iso
  .datetime({ offset: true })
  .nullable()
  .describe('By the clock of the database; null: open.');

const content = {
  code: slug.max(relativeListLimits.codeLength).describe('Unique in the store.'),
  name: plainText(relativeListLimits.nameLength).describe('Shoppers are told it.'),
  currency,
  priority: z
    .number()
    .int()
    .min(1)
    .max(relativeListLimits.priority)
    .describe('Unique in the currency; of the lists that hold the highest is the one.'),
  customerGroup: plainText(relativeListLimits.groupLength).describe('For whom it holds.'),
  validFrom: instant,
  validUntil: instant,
  change: z.discriminatedUnion('kind', changesBy).describe('What it makes of the base prices.'),
};

export const priceListBody = z.strictObject({
  ...content,
  validFrom: content.validFrom.default(null),
  validUntil: content.validUntil.default(null),
  rounding: rounding.optional().describe('Without it every amount is allowed.'),
});
export type PriceListBody = z.infer<typeof priceListBody>;

export const newPriceListBody = priceListBody.extend({ store: storeCode });
export type NewPriceListBody = z.infer<typeof newPriceListBody>;

export const priceListAnswer = z.object({
  id: z.uuid(),
  ...content,
  rounding,
  ...recordFields,
});
export type PriceListAnswer = Answer<typeof priceListAnswer>;

export const priceListsAnswer = z.object({ items: z.array(priceListAnswer) });
export type PriceListsAnswer = Answer<typeof priceListsAnswer>;

/** The list that a body states. */
export function listOf(body: PriceListBody): RelativeListContent {
  const { change, rounding: asked, validFrom, validUntil, ...rest } = body;
  const shift =
    change.kind === 'percent' ? change : { kind: change.kind, amountMinor: change.amount };
  const msOf = (time: string | null) => (time === null ? null : Date.parse(time));
  return {
    ...rest,
    validFrom: msOf(validFrom),
    validUntil: msOf(validUntil),
    rule: { shift, rounding: roundingOf(asked) },
  };
}

/** A list as it is answered. */
export function priceListAnswerOf(list: RelativeList): PriceListAnswer {
  const { id, code, name, currency: of, priority, customerGroup, validFrom, validUntil } = list;
  const { shift, rounding: allowed } = list.rule;
  return {
    id,
    code,
    name,
    currency: of,
    priority,
    customerGroup,
    validFrom: isoTimeOrNull(validFrom),
    validUntil: isoTimeOrNull(validUntil),
    change: shift.kind === 'percent' ? shift : { kind: shift.kind, amount: shift.amountMinor },
    rounding: { step: allowed.stepMinor, ending: allowed.endingMinor, mode: allowed.mode },
    ...recordOf(list),
  };
}
