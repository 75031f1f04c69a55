import {
  attributeColumn,
  nameColumn,
  numberColumn,
  priceColumn,
  valueColumn,
  type Runs,
} from './columns.js';
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
  readonly availability: readonly number[];
}

/** Orders of all products in which a column may be sorted already. */
export interface SortedRuns {
  readonly createdAt: Runs;
  readonly prices: (currency: string) => Runs;
  readonly sortNames: (locale: string) => Runs;
}

export type Columns = Omit<Segment, 'terms' | 'letters' | 'postings' | 'stems' | 'names'>;

/** The columns of a segment, one in each step. */
export function* columnsOf(rows: ColumnRows, runs: SortedRuns): Generator<undefined, Columns> {
  const ids = ProductIds.of(rows.ids);
  yield;
  const prices = new Map<string, PriceColumn>();
  for (const [currency, lists] of rows.prices) {
    prices.set(currency, yield* priceColumn(lists, ids.ranks, runs.prices(currency)));
    yield;
  }
  const sortNames = new Map<string, NameColumn>();
  for (const [locale, keys] of rows.sortNames) {
    sortNames.set(locale, yield* nameColumn(keys, ids.ranks, runs.sortNames(locale)));
    yield;
  }
  const attributes = attributeColumn(rows.attributes);
  yield;
  const createdAt = yield* numberColumn(rows.createdAt, ids.ranks, runs.createdAt);
  return {
    ids,
    prices,
    sortNames,
    attributes,
    brands: valueColumn(rows.brands),
    categories: valueColumn(rows.categories),
    createdAt,
    publishedDays: Uint16Array.from(rows.publishedDays),
    availability: Uint8Array.from(rows.availability),
  };
}
