import type { AttributePair } from './indexed-product.js';
import type { PackedStrings } from './packed-strings.js';
import type { Quantity } from './quantity.js';
import type { ProductIds } from './product-ids.js';
import type { TermLetters } from './term-letters.js';

/** Between two names of a product. */
export const NO_TERM = 0xff_ff_ff_ff;

/** Lists of numbers, one for each of something: those of the n-th are between `offsets[n]` and `offsets[n + 1]`. */
export interface NumberLists {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
}

/** The list of one: a view, not a copy. */
export function itemsOf({ offsets, items }: NumberLists, index: number): Uint32Array {
  return items.subarray(offsets[index], offsets[index + 1]);
}

/** Which products have a term, and how well each answers it; ascending by product. */
export interface Postings {
  readonly offsets: Uint32Array;
  readonly products: Uint32Array;
  readonly impacts: Uint8Array;
}

/** Where a product is in the postings from `start` to before `end`; undefined when it is not. */
export function placeOf(
  product: number,
  products: Uint32Array,
  start: number,
  end: number,
): number | undefined {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((products[middle] as number) < product) low = middle + 1;
    else high = middle;
  }
  return low < end && products[low] === product ? low : undefined;
}

/** Terms that have the same stem in one language. */
export interface StemGroups {
  readonly stems: PackedStrings;
  readonly terms: NumberLists;
}

/** One of few values for each product: the ordinal of the value plus 1; 0 for none. */
export interface ValueColumn {
  readonly values: readonly string[];
  readonly ordinals: Uint16Array | Uint32Array;
}

export interface AttributeColumn {
  readonly pairs: readonly AttributePair[];
  /** What each pair amounts to, where it is a number with a unit. */
  readonly quantities: readonly (Quantity | undefined)[];
  /** 1 for each product with two amounts of one code and unit; undefined where there is none. */
  readonly repeated: Uint8Array | undefined;
  /** Ordinals of pairs for each product. */
  readonly lists: NumberLists;
}

/** Prices of variants in one currency. A product without one has NaN and is not in the order. */
export interface PriceColumn {
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Of the lowest and of the highest price; see `price-bins`. */
  readonly minBins: Uint16Array;
  readonly maxBins: Uint16Array;
  /** The other prices of the product, ascending. */
  readonly betweenOffsets: Uint32Array;
  readonly between: Float64Array;
  /** Products by lowest price, then by id. */
  readonly order: Uint32Array;
}

export interface NameColumn {
  readonly keys: PackedStrings;
  /** Products by key, then by id. */
  readonly order: Uint32Array;
}

export interface NumberColumn {
  readonly values: Float64Array;
  /** Products by value, then by id. */
  readonly order: Uint32Array;
}

/** One of few small numbers for each product. */
export interface LevelColumn {
  readonly values: Uint8Array;
  /** Products by value, then by id. */
  readonly order: Uint32Array;
}

/**
 * Products of one store, numbered from 0, in typed arrays: nothing in it changes once it is built. What
 * has changed or gone since is known to the index that holds the segment.
 */
export interface Segment {
  readonly ids: ProductIds;
  /** Ascending. */
  readonly terms: PackedStrings;
  readonly letters: TermLetters;
  /** By term. */
  readonly postings: Postings;
  /** By the code of the language. */
  readonly stems: ReadonlyMap<string, StemGroups>;
  /** The terms of the names of each product in order, without stop words of their language; `NO_TERM` behind each name. */
  readonly names: NumberLists;
  readonly brands: ValueColumn;
  readonly categories: ValueColumn;
  readonly attributes: AttributeColumn;
  /** By currency. */
  readonly prices: ReadonlyMap<string, PriceColumn>;
  /** By locale. */
  readonly sortNames: ReadonlyMap<string, NameColumn>;
  readonly createdAt: NumberColumn;
  /** The day on which each was first published; see `dayOf`. */
  readonly publishedDays: Uint16Array;
  readonly popularity: LevelColumn;
  /** Places in `availabilities`. */
  readonly availability: Uint8Array;
}

/** What the arrays of a segment take. */
export function bytesOf(segment: Segment): number {
  const seen = new Set<ArrayBufferLike>();
  const weigh = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) seen.add(part.buffer);
    else if (part instanceof Map) for (const each of part.values()) weigh(each);
    // A list of texts has no arrays in it, and may be long.
    else if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
      Object.values(part).forEach(weigh);
    }
  };
  weigh(segment);
  return [...seen].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
