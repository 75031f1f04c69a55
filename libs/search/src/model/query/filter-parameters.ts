import type { ApiQueryOptions } from '@nestjs/swagger';
import { z } from 'zod';
import { queryInteger, repeatable } from '#libs/http';
import type { SelectionFilter } from './compose-selection.js';
import { parseRange, rangeText } from './quantity-range.js';

const MAX_VALUES = 50;
const MAX_ATTRIBUTES = 10;
const FILTER_NAME = /^filter\[([a-z0-9][a-z0-9_-]{0,63})\]$/;
const RANGE_NAME = /^range\[([a-z0-9][a-z0-9_-]{0,63})\]$/;
const BRAND = 'filter[brand]';
const RANGE_FORM =
  'A range is like 10..20 mm, 10..<20 mm, 10.. mm or ..20 mm, and has something in it';

/** Alternatives: neither order nor repetition matters. */
const values = repeatable(z.string().min(1).max(200), MAX_VALUES).transform((given) =>
  [...new Set(given)].sort(),
);

const minor = queryInteger(0, Number.MAX_SAFE_INTEGER);

/** Query parameters by which a list is narrowed, beside those of attributes, which are named after their codes. */
export const filterParameters = {
  category: z.string().min(1).max(200).optional().describe('Slug; subcategories count too.'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Every word must be answered by a word of the product: the same, one that begins with it, one with the same stem, or one that a typing error makes of it.',
    ),
  [BRAND]: values.optional().describe('Repeat for alternatives.'),
  'price[min]': minor.optional().describe('In minor units of the currency.'),
  'price[max]': minor.optional().describe('In minor units of the currency.'),
  available: z.enum(['true', 'false']).default('false').describe('true: only what can be had.'),
  since: z.iso
    .date()
    .optional()
    .describe('A date: only what shoppers could first see on that day of UTC, or after it.'),
};

/**
 * The parameters `known`, with those of attributes: `filter[<code>]` and `range[<code>]`, at most ten codes. Others are refused, and
 * so are bounds of prices of which the upper is below the lower.
 */
export function filteredQuery<Known extends z.ZodRawShape>(known: Known) {
  return z
    .object(known)
    .catchall(values)
    .superRefine((query, context) => {
      const given = query as Readonly<Record<string, unknown>>;
      const refuse = (name: string, message: string): void =>
        context.addIssue({ code: 'custom', path: [name], message });
      const further = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
      for (const name of further) {
        const isRange = RANGE_NAME.test(name);
        if (!isRange && !FILTER_NAME.test(name)) refuse(name, 'Unknown parameter');
        if (isRange && !textsOf(given[name]).every((text) => parseRange(text) !== undefined)) {
          refuse(name, RANGE_FORM);
        }
      }
      if (Number(given['price[min]'] ?? 0) > Number(given['price[max]'] ?? Infinity)) {
        refuse('price[max]', 'Below price[min]');
      }
      const codes = new Set(
        further.map((name) => codeIn(FILTER_NAME, name) ?? codeIn(RANGE_NAME, name)),
      );
      if (codes.size > MAX_ATTRIBUTES) {
        refuse(further[0] ?? '', `At most ${MAX_ATTRIBUTES} attributes are filtered by`);
      }
    });
}

const attributeObject = {
  type: 'object',
  maxProperties: MAX_ATTRIBUTES,
  additionalProperties: { type: 'string', minLength: 1, maxLength: 200 },
} as const;

/** How the API document tells of the parameters of attributes: each one object, sent as `filter[<code>]=<value>`. */
export const attributeFilterParameter = {
  name: 'filter',
  required: false,
  style: 'deepObject',
  explode: true,
  description:
    'Attributes by their code. A pair may be repeated in the URL with another value for alternatives; a product must have one of them of every code.',
  schema: attributeObject,
  examples: { color: { value: { color: 'red' } } },
} satisfies ApiQueryOptions;

export const rangeFilterParameter = {
  name: 'range',
  required: false,
  style: 'deepObject',
  explode: true,
  description:
    'Numbers with a unit by the code of their attribute, as `attributeRanges` of the facets have them: `10..20 mm` is from 10 to 20, `10..<20 mm` to below 20, `10.. mm` and `..20 mm` have no end. The unit is as the values have it. May be repeated; a value of the product is in one of the ranges, or one of `filter` of the same code.',
  schema: attributeObject,
  examples: { width: { value: { width: '10..<20 mm' } } },
} satisfies ApiQueryOptions;

interface FilteredQuery {
  readonly [BRAND]?: readonly string[] | undefined;
  readonly 'price[min]'?: number | undefined;
  readonly 'price[max]'?: number | undefined;
  readonly available: 'true' | 'false';
  readonly since?: string | undefined;
}

/** What a checked query filters by, beside its words. Each range is in the one way to write it. */
export function filterOf(query: FilteredQuery): Omit<SelectionFilter, 'q'> {
  const { 'price[min]': minPriceMinor, 'price[max]': maxPriceMinor, since, available } = query;
  const attributes = byCode(FILTER_NAME, query, (text) => text);
  const ranges = byCode(RANGE_NAME, query, (text) => {
    const range = parseRange(text);
    return range === undefined ? undefined : rangeText(range);
  });
  return {
    brands: query[BRAND] ?? [],
    attributes,
    ...(Object.keys(ranges).length === 0 ? {} : { ranges }),
    ...(minPriceMinor === undefined ? {} : { minPriceMinor }),
    ...(maxPriceMinor === undefined ? {} : { maxPriceMinor }),
    ...(since === undefined ? {} : { since }),
    ...(available === 'true' ? { isAvailable: true } : {}),
  };
}

function byCode(
  names: RegExp,
  query: object,
  written: (text: string) => string | undefined,
): Record<string, readonly string[]> {
  const filters: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(query)) {
    const code = name === BRAND ? undefined : codeIn(names, name);
    if (code !== undefined) filters[code] = textsOf(value).flatMap((text) => written(text) ?? []);
  }
  return filters;
}

function codeIn(names: RegExp, name: string): string | undefined {
  return names.exec(name)?.[1];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
