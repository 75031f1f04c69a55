import type { QuantityRange } from './quantity-range.js';
import type { WayOfAnswer } from './ways-of-answer.js';

/** `relevance` is for queries with words; without them it is `name`. */
export const productSorts = [
  'relevance',
  'name',
  '-name',
  'price',
  '-price',
  'newest',
  'popular',
] as const;
export type ProductSort = (typeof productSorts)[number];

/** Where a page ended: the sort value and the id of its last product. */
export interface PagePosition {
  readonly sort: ProductSort;
  readonly value: string | number;
  readonly id: string;
}

/** Categories of which each product answers a word, because the word is in the name of one that they are or are below. */
export interface CategoryAnswer {
  /** The name that answers. */
  readonly name: string;
  readonly way: WayOfAnswer;
  readonly ids: readonly string[];
}

/** A word that is searched for, folded. */
export interface QueryWord {
  /** The word, and the other ways in which it may be written; first the word itself. */
  readonly forms: readonly string[];
  /** Written as one with the words beside it. */
  readonly joins: readonly string[];
  /** Undefined where the language has none. */
  readonly stem: string | undefined;
  /** The last one: it may still be typed. */
  readonly isLast: boolean;
  /** Two characters of a script without spaces: nothing but the same two answers it. */
  readonly isBigram: boolean;
  /** Folded words that answer it too, when a product has all of a list. */
  readonly synonyms: readonly (readonly string[])[];
  /** Each category at most once, with the name that answers it best. */
  readonly categories: readonly CategoryAnswer[];
}

/** Which products of a store; a product that has no price in the currency is none of them. */
export interface SearchSelection {
  /** Each has to be answered. Without one every product is. */
  readonly words: readonly QueryWord[];
  /** Of the language whose stems the words have. */
  readonly languageCode: string | undefined;
  readonly currency: string;
  /** Any of them; undefined: whatever the category. */
  readonly categoryIds: readonly string[] | undefined;
  /** Any of them; empty: whatever the brand. */
  readonly brands: readonly string[];
  /** By code: any of the values, or of the ranges, for every code. At most 20 codes of both. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly ranges: Readonly<Record<string, readonly QuantityRange[]>>;
  /** A variant costs at least ... */
  readonly minPriceMinor: number | undefined;
  /** ... and at most so much: the same variant. */
  readonly maxPriceMinor: number | undefined;
  /** Only what was first published on this day, or after it; see `dayOf`. */
  readonly sinceDay: number | undefined;
  /** Only what can be had. */
  readonly isAvailable: boolean;
}

export interface SearchPage {
  readonly locale: string;
  readonly sort: ProductSort;
  readonly limit: number;
  readonly after: PagePosition | undefined;
}
