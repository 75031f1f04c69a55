import type { AttributePair } from '../index/indexed-product.js';
import type { LiveSegment } from '../index/live-segment.js';
import type { AttributeColumn } from '../index/segment.js';
import type { Matches } from './match-words.js';
import { PriceSpread, type PriceRangeCount } from './price-spread.js';
import { NO_RANGE, QuantitySpread, type QuantityRanges } from './quantity-spread.js';
import { ATTRIBUTES, BRAND, CATEGORY, PRICE, type SegmentFilter } from './segment-filter.js';

/** How a selection is spread; each part without its own choice. */
export interface FacetCounts {
  total: number;
  readonly brands: Map<string, number>;
  /** Products directly in each category. */
  readonly categories: Map<string, number>;
  /** By code and value. */
  readonly attributes: Map<string, Map<string, number>>;
  minPriceMinor: number;
  maxPriceMinor: number;
  /** A product is in each range in which a variant of it has a price. */
  priceRanges: readonly PriceRangeCount[];
  /** A product is in each range in which a value of it is. */
  attributeRanges: readonly QuantityRanges[];
}

export function noCounts(): FacetCounts {
  return {
    total: 0,
    brands: new Map(),
    categories: new Map(),
    attributes: new Map(),
    minPriceMinor: Infinity,
    maxPriceMinor: -Infinity,
    priceRanges: [],
    attributeRanges: [],
  };
}

/** Counts the products of one segment; `count` takes those that answer the words. */
export class FacetCounter {
  private total = 0;
  private readonly brands: Uint32Array;
  private readonly categories: Uint32Array;
  private readonly pairs: Uint32Array;
  /** The bit of the code of each pair, 0 for a code that the selection does not name; undefined when it names none. */
  private readonly codeBits: Uint32Array | undefined;
  /** Undefined until they have been counted. */
  private matches: Matches | undefined;
  /** Products with several amounts of an attribute, each with what it failed. */
  private readonly repeated: number[] = [];

  constructor(
    private readonly live: LiveSegment,
    private readonly filter: SegmentFilter,
    private readonly spread: PriceSpread,
  ) {
    const { brands, categories, attributes } = live.segment;
    this.brands = new Uint32Array(brands.values.length + 1);
    this.categories = new Uint32Array(categories.values.length + 1);
    this.pairs = new Uint32Array(attributes.pairs.length);
    this.codeBits = filter.codes.length === 0 ? undefined : bitsOf(attributes, filter.codes);
  }

  count(matches: Matches): void {
    this.matches = matches;
    const { products, count } = matches;
    const { filter, brands, categories, spread, repeated } = this;
    const { prices } = filter;
    const { segment } = this.live;
    const brandOf = segment.brands.ordinals;
    const categoryOf = segment.categories.ordinals;
    const isRepeated = segment.attributes.repeated;
    let total = 0;
    for (let index = 0; index < count; index += 1) {
      const product = products === undefined ? index : (products[index] as number);
      const failed = filter.failedBy(product);
      if (failed < 0) continue;
      if (failed === 0) total += 1;
      // Failing two parts, it is in no facet: each leaves out only its own.
      else if ((failed & (failed - 1)) !== 0) continue;
      if ((failed & ~BRAND) === 0) increment(brands, brandOf[product] as number);
      if ((failed & ~CATEGORY) === 0) increment(categories, categoryOf[product] as number);
      if (prices !== undefined && (failed & ~PRICE) === 0) spread.add(prices, product);
      if (failed === 0 || failed >= ATTRIBUTES) {
        this.countPairs(product, failed);
        if (isRepeated?.[product] === 1) repeated.push(product, failed);
      }
    }
    this.total += total;
  }

  /** To be called when each segment has counted, and while the matches are as they were. */
  countPricesAcross(): void {
    const { filter, spread } = this;
    const { prices } = filter;
    if (prices === undefined || this.matches === undefined) return;
    const { products, count } = this.matches;
    for (let index = 0; index < count; index += 1) {
      const product = products === undefined ? index : (products[index] as number);
      if (!spread.isAcross(prices, product)) continue;
      const failed = filter.failedBy(product);
      if (failed >= 0 && (failed & ~PRICE) === 0) spread.addAcross(prices, product);
    }
  }

  addTo(counts: FacetCounts): void {
    const { brands, categories, attributes } = this.live.segment;
    counts.total += this.total;
    addValues(counts.brands, brands.values, this.brands);
    addValues(counts.categories, categories.values, this.categories);
    const { pairs } = this;
    // Most pairs have no product of a search: nothing is made for them.
    for (let ordinal = 0; ordinal < pairs.length; ordinal += 1) {
      const count = pairs[ordinal] as number;
      if (count === 0) continue;
      const { code, value } = attributes.pairs[ordinal] as AttributePair;
      let values = counts.attributes.get(code);
      if (values === undefined) {
        values = new Map();
        counts.attributes.set(code, values);
      }
      values.set(value, (values.get(value) ?? 0) + count);
    }
  }

  /** What the values that were counted amount to. */
  addQuantities(spread: QuantitySpread): void {
    const { pairs, quantities } = this.live.segment.attributes;
    const counts = this.pairs;
    for (let ordinal = 0; ordinal < counts.length; ordinal += 1) {
      const count = counts[ordinal] as number;
      const quantity = count === 0 ? undefined : quantities[ordinal];
      if (quantity !== undefined) spread.add(pairs[ordinal] as AttributePair, quantity, count);
    }
  }

  /** Of several values of a product in one range, one counts. To be called when the ranges are known. */
  takeRepeated(spread: QuantitySpread): void {
    if (this.repeated.length === 0) return;
    const { pairs, quantities, lists } = this.live.segment.attributes;
    const rangeOf = Int32Array.from(pairs, (pair, ordinal) => {
      const quantity = quantities[ordinal];
      return quantity === undefined ? NO_RANGE : spread.rangeOf(pair, quantity);
    });
    const lastOf = new Int32Array(spread.rangeCount).fill(-1);
    for (let index = 0; index < this.repeated.length; index += 2) {
      const product = this.repeated[index] as number;
      const failed = this.repeated[index + 1] as number;
      const end = lists.offsets[product + 1] as number;
      for (let at = lists.offsets[product] as number; at < end; at += 1) {
        const pair = lists.items[at] as number;
        const range = rangeOf[pair] as number;
        if (range === NO_RANGE || (failed !== 0 && this.codeBits?.[pair] !== failed)) continue;
        if (lastOf[range] === product) spread.takeOne(range);
        lastOf[range] = product;
      }
    }
  }

  /** A code that is chosen counts what fails nothing but it; the others what fails nothing. */
  private countPairs(product: number, failed: number): void {
    const { pairs, codeBits } = this;
    const { offsets, items } = this.live.segment.attributes.lists;
    const end = offsets[product + 1] as number;
    for (let at = offsets[product] as number; at < end; at += 1) {
      const pair = items[at] as number;
      if (failed === 0 || codeBits?.[pair] === failed) increment(pairs, pair);
    }
  }
}

function bitsOf({ pairs }: AttributeColumn, codes: readonly string[]): Uint32Array {
  return Uint32Array.from(pairs, ({ code }) => {
    const index = codes.indexOf(code);
    return index < 0 ? 0 : ATTRIBUTES << index;
  });
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}

function addValues(
  counts: Map<string, number>,
  values: readonly string[],
  found: Uint32Array,
): void {
  for (let index = 0; index < values.length; index += 1) {
    const count = found[index + 1] as number;
    if (count === 0) continue;
    const value = values[index] as string;
    counts.set(value, (counts.get(value) ?? 0) + count);
  }
}

/** When each segment has counted. */
export function priceRanges(
  counters: readonly FacetCounter[],
  spread: PriceSpread,
): PriceRangeCount[] {
  if (!spread.cut()) return [];
  for (const counter of counters) counter.countPricesAcross();
  return spread.ranges();
}

/** When each segment has counted. */
export function attributeRanges(counters: readonly FacetCounter[]): QuantityRanges[] {
  const spread = new QuantitySpread();
  for (const counter of counters) counter.addQuantities(spread);
  spread.cut();
  for (const counter of counters) counter.takeRepeated(spread);
  return spread.ranges();
}
