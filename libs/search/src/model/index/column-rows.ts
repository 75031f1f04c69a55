import {
  attributeColumn,
  levelColumn,
  nameColumn,
  numberColumn,
  numbersOf,
  priceColumn,
  valueColumn,
  type Runs,
} from './columns.js';
import { filled } from './in-steps.js';
import type { AttributePair } from './indexed-product.js';
import { ProductIds } from './product-ids.js';
import type { NameColumn, PriceColumn, Segment } from './segment.js';

/** What the columns of a segment are made from: one place for each product. */
export interface ColumnRows {
  readonly ids: readonly string[];
  readonly brands: readonly (string | null)[];
  readonly categories: readonly (string | null)[];
  readonly attributes: readonly (readonly AttributePair[])[];
  /** By currency. */
  readonly prices: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** By locale, as they are sorted. */
  readonly sortNames: ReadonlyMap<string, readonly string[]>;
  readonly createdAt: readonly number[];
  readonly publishedDays: readonly number[];
  readonly popularity: readonly number[];
  readonly availability: readonly number[];
}

/** Orders of all products in which a column may be sorted already. */
export interface SortedRuns {
  readonly ids: Runs;
  readonly createdAt: Runs;
  readonly popularity: Runs;
  /** By currency; the products with a price are enough. */
  readonly prices: ReadonlyMap<string, Runs>;
  /** By locale. */
  readonly sortNames: ReadonlyMap<string, Runs>;
}

export type Columns = Omit<Segment, 'terms' | 'letters' | 'postings' | 'stems' | 'names'>;

/** The columns of a segment, in short steps. Without runs the products are in no order that is known. */
export function* columnsOf(rows: ColumnRows, runs?: SortedRuns): Generator<undefined, Columns> {
  const all = yield* filled(new Uint32Array(rows.ids.length), (product) => product);
  const ids = yield* ProductIds.of(rows.ids, runs?.ids ?? all);
  const prices = new Map<string, PriceColumn>();
  for (const [currency, lists] of rows.prices) {
    const own = runs?.prices.get(currency) ?? all;
    prices.set(currency, yield* priceColumn(lists, ids.ranks, own));
  }
  const sortNames = new Map<string, NameColumn>();
  for (const [locale, keys] of rows.sortNames) {
    const own = runs?.sortNames.get(locale) ?? all;
    sortNames.set(locale, yield* nameColumn(keys, ids.ranks, own));
  }
  const attributes = yield* attributeColumn(rows.attributes);
  const createdAt = yield* numberColumn(rows.createdAt, ids.ranks, runs?.createdAt ?? all);
  const popularity = yield* levelColumn(rows.popularity, ids.ranks, runs?.popularity ?? all);
  return {
    ids,
    prices,
    sortNames,
    attributes,
    brands: yield* valueColumn(rows.brands),
    categories: yield* valueColumn(rows.categories),
    createdAt,
    popularity,
    publishedDays: yield* numbersOf(rows.publishedDays, Uint16Array),
    availability: yield* numbersOf(rows.availability, Uint8Array),
  };
}
