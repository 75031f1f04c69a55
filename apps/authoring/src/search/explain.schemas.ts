import { z } from 'zod';
import type { SearchExplanation } from '#authoring/search';
import { queryLimit } from '#libs/http';
import { filteredQuery, filterParameters } from '#libs/search';
import { storeCode } from '../catalog/catalog.schemas.js';

export const explainQuery = filteredQuery({
  store: storeCode,
  ...filterParameters,
  q: z.string().min(1).max(200),
  product: z
    .uuid()
    .optional()
    .describe('Only this one, wherever it is; else the first of the list.'),
  limit: queryLimit(50, 10),
  locale: z.string().min(2).max(20).optional().describe('Default: that of the store.'),
  currency: z.string().length(3).optional().describe('Default: that of the store.'),
  brand: z.string().min(1).max(200).optional().describe('One more of `filter[brand]`.'),
});
export type ExplainQuery = z.infer<typeof explainQuery>;

const answeringTerm = z.object({
  term: z.string(),
  way: z
    .enum(['exact', 'joined', 'stem', 'synonym', 'typed', 'beginning', 'oneEdit', 'twoEdits'])
    .describe('How the term comes to answer the word; typed: the last word, still unfinished.'),
  quality: z.number().int().describe('What the way is worth, up to 100.'),
  impact: z
    .number()
    .int()
    .describe(
      'Weight of the best field that has the term, and an eighth of each other, up to 255.',
    ),
  fields: z.array(z.object({ field: z.string(), weight: z.number().int() })),
  points: z.number().int().describe('quality times impact'),
});

export const explanationAnswer = z.object({
  words: z.array(
    z.object({
      word: z.string(),
      otherForms: z.array(z.string()).describe('As it may also be written.'),
      joins: z.array(z.string()).describe('With the words beside it.'),
      stem: z.string().nullable(),
      synonyms: z.array(z.string()).describe('By the rules of the store.'),
    }),
  ),
  total: z.number().int().describe('Products in the list.'),
  items: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      place: z
        .number()
        .int()
        .nullable()
        .describe('From 1 on, by relevance; null: not in the list.'),
      score: z.number().int(),
      phrasePoints: z.number().int().describe('For words side by side in the name.'),
      popularityPoints: z
        .number()
        .int()
        .describe('For what is often ordered: a tenth, in 15 levels.'),
      deductedPoints: z.number().int().describe('A fifth, when it cannot be had.'),
      droppedBy: z
        .array(z.string())
        .describe(
          'What keeps it out: words, currency (no price in it), since, availability, category, brand, price, attribute:<code>.',
        ),
      words: z.array(
        z.object({
          word: z.string(),
          answers: z.array(answeringTerm).describe('Best first; the first one counts.'),
        }),
      ),
    }),
  ),
});
export type ExplanationAnswer = z.infer<typeof explanationAnswer>;

export function explanationAnswerOf({ words, total, items }: SearchExplanation): ExplanationAnswer {
  return {
    words: words.map(({ forms: [word = '', ...otherForms], joins, stem, synonyms }) => ({
      word,
      otherForms,
      joins: [...joins],
      stem: stem ?? null,
      synonyms: synonyms.map((phrase) => phrase.join(' ')),
    })),
    total,
    items: items.map(({ words: own, droppedBy, place, ...item }) => ({
      ...item,
      place: place ?? null,
      droppedBy: [...droppedBy],
      words: own.map(({ word, answers }) => ({
        word,
        answers: answers.map(({ fields, ...answer }) => ({ ...answer, fields: [...fields] })),
      })),
    })),
  };
}
