import { z } from 'zod';
import { facetLimits, type StoredFacetSettings } from '#authoring/search';
import { plainText } from '#libs/http';

const code = z
  .string()
  .max(facetLimits.code)
  .regex(/^[a-z0-9][a-z0-9_-]*$/, 'Lower-case letters, digits, _ and -')
  .describe('Of an attribute of products.');

const byCount = 'Most frequent values first, as without a setting.';
const byValue = 'Numbers by unit and amount, then texts in the order of the language.';
const asListed = 'In the order of `values`; others behind, most frequent first.';
const never = 'Not shown; products can be filtered by it all the same.';

const facetSetting = z.discriminatedUnion('show', [
  z.strictObject({ code, show: z.literal('by-count').describe(byCount) }),
  z.strictObject({ code, show: z.literal('by-value').describe(byValue) }),
  z.strictObject({
    code,
    show: z.literal('as-listed').describe(asListed),
    values: z
      .array(plainText(facetLimits.value))
      .min(1)
      .max(facetLimits.values)
      .describe(`Each once; at most ${facetLimits.values} of all attributes.`),
  }),
  z.strictObject({ code, show: z.literal('never').describe(never) }),
]);

export const facetSettingsBody = z.strictObject({
  attributes: z
    .array(facetSetting)
    .max(facetLimits.attributes)
    .describe('In the order in which they are shown; other attributes follow by their code.'),
});
export type FacetSettingsBody = z.infer<typeof facetSettingsBody>;

export const facetSettingsAnswer = z.object({
  attributes: z.array(
    z.object({
      code: z.string(),
      show: z.enum(['by-count', 'by-value', 'as-listed', 'never']),
      values: z.array(z.string()).optional().describe('Of `as-listed`.'),
    }),
  ),
  version: z.number().int().describe('0: never changed.'),
});
export type FacetSettingsAnswer = z.infer<typeof facetSettingsAnswer>;

export function facetSettingsAnswerOf({
  content,
  version,
}: StoredFacetSettings): FacetSettingsAnswer {
  return {
    attributes: content.attributes.map((setting) =>
      setting.show === 'as-listed' ? { ...setting, values: [...setting.values] } : setting,
    ),
    version,
  };
}
