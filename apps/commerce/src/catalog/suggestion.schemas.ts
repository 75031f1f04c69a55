import { z } from 'zod';
import { queryLimit } from '#libs/http';
import { productCard } from './product.schemas.js';
import { currency, locale } from './storefront.schemas.js';

export const suggestionQuery = z.strictObject({
  q: z
    .string()
    .max(100)
    .describe('What was typed so far; without a letter or digit nothing is suggested.'),
  limit: queryLimit(10, 5).describe('Of each kind.'),
  locale: locale.optional(),
  currency: currency.optional(),
});
export type SuggestionQuery = z.infer<typeof suggestionQuery>;

export const suggestionsAnswer = z.object({
  products: z.array(productCard).describe('Best first, ranked as in lists.'),
  categories: z
    .array(
      z.object({
        id: z.uuid(),
        slug: z.string(),
        name: z.string(),
        count: z.number().int().describe('Products in it and below it.'),
      }),
    )
    .describe('Categories with products whose name answers every word.'),
  queries: z
    .array(z.string())
    .describe(
      'What several shoppers have searched for that begins like this and finds products, folded; most popular first.',
    ),
  brands: z
    .array(z.object({ value: z.string(), count: z.number().int() }))
    .describe('Brands with products whose name answers every word.'),
});
