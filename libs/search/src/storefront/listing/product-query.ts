import { z } from 'zod';
import { jsonKey, keyPart, type KeyFields } from '#libs/cache';
import type { SelectionFilter } from '../../model/query/compose-selection.js';
import {
  productSorts,
  type PagePosition,
  type ProductSort,
} from '../../model/query/search-query.js';

/** What a list of products is narrowed by. */
export interface ProductFilter extends SelectionFilter {
  /** Slug of a category; its subcategories count too. */
  readonly category?: string;
}

/** Whose list it is: one store, in one language and one currency. */
export interface ListFocus {
  readonly storeCode: string;
  readonly locale: string;
  readonly currency: string;
}

export interface ProductListKey extends ListFocus {
  readonly filter: ProductFilter;
  readonly sort: ProductSort;
  readonly limit: number;
  readonly after?: PagePosition;
}

export const focusFields: KeyFields<ListFocus> = {
  storeCode: z.string(),
  locale: z.string(),
  currency: z.string(),
};

export const filterSchema = keyPart<ProductFilter>({
  category: z.string().optional(),
  q: z.string().optional(),
  brands: z.array(z.string()),
  attributes: z.record(z.string(), z.array(z.string())),
  ranges: z.record(z.string(), z.array(z.string())).optional(),
  minPriceMinor: z.number().optional(),
  maxPriceMinor: z.number().optional(),
  since: z.string().optional(),
  isAvailable: z.boolean().optional(),
});

/** The same selection always gives the same text, however its parts were ordered. */
export const productListKey = jsonKey<ProductListKey>(
  {
    ...focusFields,
    filter: filterSchema,
    sort: z.enum(productSorts),
    limit: z.number(),
    after: keyPart<PagePosition>({
      sort: z.enum(productSorts),
      value: z.union([z.string(), z.number()]),
      id: z.string(),
    }).optional(),
  },
  (key) => ({ ...key, filter: canonicalFilter(key.filter) }),
);

/** One of all filters that select the same. */
export function canonicalFilter(filter: ProductFilter): ProductFilter {
  return {
    ...filter,
    ...(filter.ranges === undefined ? {} : { ranges: eachSortedOnce(filter.ranges) }),
    ...(filter.q === undefined ? {} : { q: filter.q.trim() }),
    brands: sortedOnce(filter.brands),
    attributes: eachSortedOnce(filter.attributes),
  };
}

function eachSortedOnce(byCode: ProductFilter['attributes']): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(byCode).map(([code, values]) => [code, sortedOnce(values)]),
  );
}

function sortedOnce(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
