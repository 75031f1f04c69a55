import { z } from 'zod';
import { ruleLimits, type SearchRule } from '#authoring/search';
import { pageFields, pageOf, plainText } from '#libs/http';
import { recordFields, recordOf, storeCode } from '../catalog/catalog.schemas.js';

const words = z
  .array(plainText(ruleLimits.length))
  .min(1)
  .max(ruleLimits.words)
  .describe(`Words, or phrases of up to ${ruleLimits.phrase}; case and diacritics do not matter.`);

const language = z
  .string()
  .min(2)
  .max(20)
  .optional()
  .describe(
    'A language of the store, in which alone the rule holds: `de` in `de` and `de-CH`. Default: all.',
  );
const holdsIn = { locale: language };

export const ruleContent = z.discriminatedUnion('kind', [
  z.strictObject({
    ...holdsIn,
    kind: z.literal('synonyms').describe('Each is also found by every other.'),
    words,
  }),
  z.strictObject({
    ...holdsIn,
    kind: z
      .literal('one-way')
      .describe('Who searches for one of the words finds the synonyms too.'),
    words,
    synonyms: words,
  }),
  z.strictObject({
    ...holdsIn,
    kind: z
      .literal('redirect')
      .describe('Who searches for exactly one of the words is sent there.'),
    words,
    url: plainText(ruleLimits.url).describe('A path of the shop, or an https address.'),
  }),
  z.strictObject({
    ...holdsIn,
    kind: z.literal('hidden').describe('No query that has one of the words is suggested.'),
    words,
  }),
]);

export const newRuleBody = z.strictObject({ store: storeCode, content: ruleContent });
export type NewRuleBody = z.infer<typeof newRuleBody>;

export const ruleBody = z.strictObject({ content: ruleContent });
export type RuleBody = z.infer<typeof ruleBody>;

export const ruleListQuery = z.strictObject({ ...pageFields, store: storeCode });
export type RuleListQuery = z.infer<typeof ruleListQuery>;

const answeredIn = { locale: z.string().optional().describe('None: in all languages.') };
const answeredWords = z.array(z.string());

export const ruleAnswer = z.object({
  id: z.uuid(),
  content: z.discriminatedUnion('kind', [
    z.object({ ...answeredIn, kind: z.literal('synonyms'), words: answeredWords }),
    z.object({
      ...answeredIn,
      kind: z.literal('one-way'),
      words: answeredWords,
      synonyms: answeredWords,
    }),
    z.object({ ...answeredIn, kind: z.literal('redirect'), words: answeredWords, url: z.string() }),
    z.object({ ...answeredIn, kind: z.literal('hidden'), words: answeredWords }),
  ]),
  ...recordFields,
});
export type RuleAnswer = z.infer<typeof ruleAnswer>;

export const rulePage = pageOf(ruleAnswer);

export function ruleAnswerOf(rule: SearchRule): RuleAnswer {
  return { id: rule.id, content: rule.content as RuleAnswer['content'], ...recordOf(rule) };
}
