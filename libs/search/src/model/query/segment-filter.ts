import type { LiveSegment } from '../index/live-segment.js';
import type { PriceColumn, ValueColumn } from '../index/segment.js';
import { isWithin } from './quantity-range.js';
import type { SearchSelection } from './search-query.js';

/** The parts of a selection that facets leave out, as bits. Each code of an attribute has one from `ATTRIBUTES` on. */
export const CATEGORY = 1;
export const BRAND = 2;
export const PRICE = 4;
export const ATTRIBUTES = 8;
/** More codes than fit into the bits of a number would silently filter by nothing. */
const MAX_CODES = 20;

/** What a product fails when it is not listed at all. */
const NOT_LISTED = -1;

/** Says which parts of a selection the products of a segment fail. */
export class SegmentFilter {
  /** The codes of the selection, in the order of their bits. */
  readonly codes: readonly string[];
  readonly prices: PriceColumn | undefined;
  private readonly categories: Uint8Array | undefined;
  private readonly brands: Uint8Array | undefined;
  /** For each pair the bit of its code when it is wanted. */
  private readonly wantedPairs: Uint32Array | undefined;
  private readonly allCodes: number;
  private readonly alive: Uint8Array;
  private readonly publishedDays: Uint16Array;
  /** Undefined when nothing is filtered by it. */
  private readonly availability: Uint8Array | undefined;
  private readonly sinceDay: number;
  private readonly min: number;
  private readonly max: number;

  constructor(
    private readonly live: LiveSegment,
    private readonly selection: SearchSelection,
  ) {
    const { segment } = live;
    this.alive = live.alive;
    this.publishedDays = segment.publishedDays;
    this.availability = selection.isAvailable ? segment.availability : undefined;
    this.prices = segment.prices.get(selection.currency);
    this.categories = wantedOf(segment.categories, selection.categoryIds);
    this.brands =
      selection.brands.length === 0 ? undefined : wantedOf(segment.brands, selection.brands);
    this.codes = [
      ...new Set([...Object.keys(selection.attributes), ...Object.keys(selection.ranges)]),
    ];
    if (this.codes.length > MAX_CODES) throw new RangeError('too many attributes to filter by');
    this.allCodes = this.codes.reduce((bits, _, index) => bits | (ATTRIBUTES << index), 0);
    this.wantedPairs = this.codes.length === 0 ? undefined : this.pairBits();
    this.sinceDay = selection.sinceDay ?? 0;
    this.min = selection.minPriceMinor ?? -Infinity;
    this.max = selection.maxPriceMinor ?? Infinity;
  }

  /** The parts that the product fails; 0 when it is selected; below 0 when no facet counts it. */
  failedBy(product: number): number {
    const { prices, categories, brands } = this;
    if (this.alive[product] !== 1 || prices === undefined) return NOT_LISTED;
    const least = prices.min[product] as number;
    if (Number.isNaN(least)) return NOT_LISTED;
    if (this.sinceDay > 0 && (this.publishedDays[product] as number) < this.sinceDay) {
      return NOT_LISTED;
    }
    if (this.availability?.[product] === 0) return NOT_LISTED;
    const { segment } = this.live;
    let failed = 0;
    if (categories?.[segment.categories.ordinals[product] as number] === 0) failed |= CATEGORY;
    if (brands?.[segment.brands.ordinals[product] as number] === 0) failed |= BRAND;
    if (!this.costsWithin(product, prices, least)) failed |= PRICE;
    return this.wantedPairs === undefined ? failed : failed | this.failedCodes(product);
  }

  /** One of the variants costs between the bounds, not one less and another one more. */
  private costsWithin(product: number, prices: PriceColumn, least: number): boolean {
    const { min, max } = this;
    if (least > max) return false;
    if (least >= min) return true;
    const most = prices.max[product] as number;
    if (most < min) return false;
    if (most <= max) return true;
    const end = prices.betweenOffsets[product + 1] as number;
    for (let at = prices.betweenOffsets[product] as number; at < end; at += 1) {
      const price = prices.between[at] as number;
      if (price >= min && price <= max) return true;
    }
    return false;
  }

  private failedCodes(product: number): number {
    const { offsets, items } = this.live.segment.attributes.lists;
    const end = offsets[product + 1] as number;
    let met = 0;
    for (let at = offsets[product] as number; at < end; at += 1) {
      met |= this.wantedPairs?.[items[at] as number] as number;
    }
    return this.allCodes & ~met;
  }

  private pairBits(): Uint32Array {
    const { attributes, ranges } = this.selection;
    const { pairs, quantities } = this.live.segment.attributes;
    return Uint32Array.from(pairs, ({ code, value }, ordinal) => {
      const index = this.codes.indexOf(code);
      if (index < 0) return 0;
      const quantity = quantities[ordinal];
      const isWanted =
        ownOf(attributes, code)?.includes(value) === true ||
        (quantity !== undefined && ownOf(ranges, code)?.some((range) => isWithin(range, quantity)));
      return isWanted === true ? ATTRIBUTES << index : 0;
    });
  }
}

/** A code may be the name of something that every object has, such as `constructor`. */
function ownOf<Value>(byCode: Readonly<Record<string, Value>>, code: string): Value | undefined {
  return Object.hasOwn(byCode, code) ? byCode[code] : undefined;
}

/** For each ordinal whether it is wanted; undefined when all are. */
function wantedOf(
  column: ValueColumn,
  wanted: readonly string[] | undefined,
): Uint8Array | undefined {
  if (wanted === undefined) return undefined;
  const set = new Set(wanted);
  return Uint8Array.from([0, ...column.values.map((value) => (set.has(value) ? 1 : 0))]);
}
