import { z } from 'zod';

export const productSorts = ['name', '-name', 'price', '-price', 'newest'] as const;
export type ProductSort = (typeof productSorts)[number];

/** What a list of products is narrowed by. Prices are in minor units of the focus currency. */
export interface ProductFilter {
  /** Slug of a category; its subcategories count too. */
  readonly category?: string;
  /** Every word must begin a term of the product. */
  readonly q?: string;
  /** Any of them. */
  readonly brands: readonly string[];
  /** By code: any of the values, for every code. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly minPriceMinor?: number;
  readonly maxPriceMinor?: number;
}

/** Whose list it is: one store, in one language and one currency. */
export interface ListFocus {
  readonly storeCode: string;
  readonly locale: string;
  readonly currency: string;
}

/** Where a page ended: the sort value and the id of its last product. */
export interface PagePosition {
  readonly sort: ProductSort;
  readonly value: string | number;
  readonly id: string;
}

export interface ProductListKey extends ListFocus {
  readonly filter: ProductFilter;
  readonly sort: ProductSort;
  readonly limit: number;
  readonly after?: PagePosition;
}

/** The same selection always gives the same text, however its parts were ordered. */
export function filterText(filter: ProductFilter): string {
  const attributes = Object.entries(filter.attributes)
    .map(([code, values]) => [code, [...new Set(values)].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    filter.category ?? null,
    filter.q?.trim().toLowerCase() ?? null,
    [...new Set(filter.brands)].sort(),
    attributes,
    filter.minPriceMinor ?? null,
    filter.maxPriceMinor ?? null,
  ]);
}

const filterParts = z.tuple([
  z.string().nullable(),
  z.string().nullable(),
  z.array(z.string()),
  z.array(z.tuple([z.string(), z.array(z.string())])),
  z.number().nullable(),
  z.number().nullable(),
]);

/** The selection of a text of `filterText`, parsed as JSON; undefined when it is none. */
export function readFilter(json: unknown): ProductFilter | undefined {
  const parts = filterParts.safeParse(json);
  if (!parts.success) return undefined;
  const [category, q, brands, attributes, minPriceMinor, maxPriceMinor] = parts.data;
  return {
    brands,
    attributes: Object.fromEntries(attributes),
    ...(category === null ? {} : { category }),
    ...(q === null ? {} : { q }),
    ...(minPriceMinor === null ? {} : { minPriceMinor }),
    ...(maxPriceMinor === null ? {} : { maxPriceMinor }),
  };
}
