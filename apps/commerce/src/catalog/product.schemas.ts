import type { ApiQueryOptions } from '@nestjs/swagger';
import { z } from 'zod';
import { queryInteger, queryLimit, repeatable } from '#libs/http';
import { parseRange, productSorts, rangeText } from '#libs/search';
import { currency, locale, money } from './storefront.schemas.js';

const image = z.object({
  url: z.string().describe('http(s), or a path of this site.'),
  alt: z.string().nullable(),
});
const priceRange = z.object({ min: money, max: money }).nullable();
const breadcrumb = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
const valueCount = z.object({ value: z.string(), count: z.number().int() });

export const productCard = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  brand: z.string().nullable(),
  image: image.nullable(),
  price: priceRange,
  isAvailable: z.boolean(),
});

export const productAnswer = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  descriptionHtml: z.string().describe('A fragment that is safe to embed.'),
  brand: z.string().nullable(),
  seoTitle: z.string().nullable(),
  seoDescription: z.string().nullable(),
  breadcrumbs: z.array(breadcrumb),
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  attributes: z.array(z.object({ code: z.string(), values: z.array(z.string()) })),
  images: z.array(image),
  variants: z.array(
    z.object({
      id: z.uuid(),
      sku: z.string().nullable(),
      optionValues: z.array(z.string()),
      barcode: z.string().nullable(),
      weightGrams: z.number().int().nullable(),
      imageUrl: z.string().nullable().describe('One of the images: the one of this variant.'),
      price: money.nullable().describe('null: not sold in this currency.'),
      compareAtPrice: money.nullable(),
      availability: z.enum(['in-stock', 'backorder', 'out-of-stock']),
    }),
  ),
  price: priceRange,
  isAvailable: z.boolean(),
  updatedAt: z.iso.datetime(),
});

export const productListAnswer = z.object({
  items: z.array(productCard),
  nextCursor: z.string().nullable().describe('null on the last page.'),
  didYouMean: z
    .string()
    .optional()
    .describe('For a q with none or few answers: another one that leads to products.'),
  redirect: z
    .object({ url: z.string().describe('A path of the shop, or an https address.') })
    .optional()
    .describe('Where the staff of the store want who asks for this q to be sent.'),
  facets: z
    .object({
      total: z.number().int(),
      brands: z.array(valueCount),
      attributes: z.array(z.object({ code: z.string(), values: z.array(valueCount) })),
      categories: z.array(breadcrumb.extend({ count: z.number().int() })),
      price: z.object({ min: money, max: money }).nullable(),
      priceRanges: z
        .array(
          z.object({
            min: money.nullable().describe('null: whatever is below.'),
            max: money.nullable().describe('null: whatever is above.'),
            count: z.number().int().describe('Products of which a variant costs so much.'),
          }),
        )
        .describe(
          'At most six, ascending, whatever price is chosen. Their amounts can be sent back as price[min] and price[max].',
        ),
      attributeRanges: z
        .array(
          z.object({
            code: z.string(),
            unit: z.string().nullable(),
            ranges: z.array(
              z.object({
                range: z.string().describe('To be sent back as `range[<code>]`.'),
                min: z.number().nullable().describe('null: whatever is below.'),
                below: z.number().nullable().describe('Not in it. null: whatever is above.'),
                count: z.number().int(),
              }),
            ),
          }),
        )
        .describe(
          'By code and unit, of attributes with more than six different numbers: at most six ranges each, whatever is chosen of the attribute.',
        ),
    })
    .optional(),
});

export const relatedAnswer = z.object({ items: z.array(productCard) });

const MAX_VALUES = 50;
const MAX_ATTRIBUTES = 10;
const FILTER_NAME = /^filter\[([a-z0-9][a-z0-9_-]{0,63})\]$/;
const RANGE_NAME = /^range\[([a-z0-9][a-z0-9_-]{0,63})\]$/;

/** Alternatives: neither order nor repetition matters. */
const values = repeatable(z.string().min(1).max(200), MAX_VALUES).transform((given) =>
  [...new Set(given)].sort(),
);

const RANGE_FORM =
  'A range is like 10..20 mm, 10..<20 mm, 10.. mm or ..20 mm, and has something in it';

const minor = queryInteger(0, Number.MAX_SAFE_INTEGER);

const known = {
  category: z.string().min(1).max(200).optional().describe('Slug; subcategories count too.'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Every word must be answered by a word of the product: the same, one that begins with it, one with the same stem, or one that a typing error makes of it.',
    ),
  'filter[brand]': values.optional().describe('Repeat for alternatives.'),
  'price[min]': minor.optional().describe('In minor units of the currency.'),
  'price[max]': minor.optional().describe('In minor units of the currency.'),
  available: z.enum(['true', 'false']).default('false').describe('true: only what can be had.'),
  since: z.iso
    .date()
    .optional()
    .describe('A date: only what shoppers could first see on that day of UTC, or after it.'),
  sort: z
    .enum(productSorts)
    .optional()
    .describe('Default: relevance with q, else name. Without q relevance is name.'),
  limit: queryLimit(100, 24),
  cursor: z.string().min(1).max(2048).optional(),
  facets: z.enum(['true', 'false']).default('false'),
  locale: locale.optional(),
  currency: currency.optional(),
};

/**
 * Attributes are filtered by parameters of their own name (`filter[color]=red`), so the object takes
 * further fields, and refuses those that are not of this form.
 */
export const productListQuery = z
  .object(known)
  .catchall(values)
  .superRefine((query, context) => {
    const further = Object.keys(query).filter((name) => !(name in known));
    for (const name of further) {
      const isRange = RANGE_NAME.test(name);
      if (!isRange && !FILTER_NAME.test(name)) {
        context.addIssue({ code: 'custom', path: [name], message: 'Unknown parameter' });
      }
      if (isRange && !query[name]?.every((text) => parseRange(text) !== undefined)) {
        context.addIssue({ code: 'custom', path: [name], message: RANGE_FORM });
      }
    }
    if ((query['price[min]'] ?? 0) > (query['price[max]'] ?? Infinity)) {
      context.addIssue({ code: 'custom', path: ['price[max]'], message: 'Below price[min]' });
    }
    if (codesOf(further).size > MAX_ATTRIBUTES) {
      context.addIssue({
        code: 'custom',
        path: [further[0] ?? ''],
        message: `At most ${MAX_ATTRIBUTES} attributes are filtered by`,
      });
    }
  });
export type ProductListQuery = z.infer<typeof productListQuery>;

/** How the API document tells of {@link attributeFilters}: one object, sent as `filter[<code>]=<value>`. */
export const attributeFilterParameter = {
  name: 'filter',
  required: false,
  style: 'deepObject',
  explode: true,
  description:
    'Attributes by their code. A pair may be repeated in the URL with another value for alternatives; a product must have one of them of every code.',
  schema: {
    type: 'object',
    maxProperties: MAX_ATTRIBUTES,
    additionalProperties: { type: 'string', minLength: 1, maxLength: 200 },
  },
  examples: { color: { value: { color: 'red' } } },
} satisfies ApiQueryOptions;

/** The attributes that a checked query filters by. */
export function attributeFilters(query: ProductListQuery): Record<string, readonly string[]> {
  const filters: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(query)) {
    const code = name in known ? undefined : FILTER_NAME.exec(name)?.[1];
    if (code !== undefined && Array.isArray(value)) filters[code] = value;
  }
  return filters;
}

/** How the API document tells of {@link rangeFilters}. */
export const rangeFilterParameter = {
  name: 'range',
  required: false,
  style: 'deepObject',
  explode: true,
  description:
    'Numbers with a unit by the code of their attribute, as `attributeRanges` of the facets have them: `10..20 mm` is from 10 to 20, `10..<20 mm` to below 20, `10.. mm` and `..20 mm` have no end. The unit is as the values have it. May be repeated; a value of the product is in one of the ranges, or one of `filter` of the same code.',
  schema: {
    type: 'object',
    maxProperties: MAX_ATTRIBUTES,
    additionalProperties: { type: 'string', minLength: 1, maxLength: 200 },
  },
  examples: { width: { value: { width: '10..<20 mm' } } },
} satisfies ApiQueryOptions;

/** The ranges of attributes that a checked query filters by, each in the one way to write it. */
export function rangeFilters(query: ProductListQuery): Record<string, readonly string[]> {
  const filters: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(query)) {
    const code = name in known ? undefined : RANGE_NAME.exec(name)?.[1];
    if (code === undefined || !Array.isArray(value)) continue;
    filters[code] = value.flatMap((text) => {
      const range = parseRange(text);
      return range === undefined ? [] : [rangeText(range)];
    });
  }
  return filters;
}

function codesOf(names: readonly string[]): Set<string | undefined> {
  return new Set(names.map((name) => (FILTER_NAME.exec(name) ?? RANGE_NAME.exec(name))?.[1]));
}

/** Where a page ended. The value is what its sort order compares. */
export const positionSchema = z
  .strictObject({
    sort: z.enum(productSorts),
    value: z.union([z.string().max(200), z.number()]),
    id: z.uuid(),
  })
  .refine(({ sort, value }) => (typeof value === 'string') === sort.endsWith('name'));
