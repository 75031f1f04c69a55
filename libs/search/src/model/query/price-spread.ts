import { binOf, lowestOf, PRICE_BINS } from '../index/price-bins.js';
import type { PriceColumn } from '../index/segment.js';
import { chooseCuts, MAX_RANGES, placeAmong, type Valued } from './choose-cuts.js';

/** Prices from the one to the other, both included; null: whatever is below or above. */
export interface PriceRangeCount {
  readonly minMinor: number | null;
  readonly maxMinor: number | null;
  /** Products of which a variant costs so much. */
  readonly count: number;
}

/** What products of all segments cost. Only what they cost decides about the ranges, not in which segments they are. */
export class PriceSpread {
  private least = Infinity;
  private most = -Infinity;
  /** Products by the bin of their lowest price. */
  private readonly lowest = new Uint32Array(PRICE_BINS);
  /** Those with another bin for the highest, by that. */
  private readonly highest = new Uint32Array(PRICE_BINS);
  private readonly several: { readonly prices: PriceColumn; readonly products: number[] }[] = [];

  /** For the products of one segment; those whose prices are in several bins are put into what it answers. */
  segment(prices: PriceColumn): number[] {
    const products: number[] = [];
    this.several.push({ prices, products });
    return products;
  }

  add(prices: PriceColumn, product: number, several: number[]): void {
    const min = prices.min[product] as number;
    const max = prices.max[product] as number;
    if (min < this.least) this.least = min;
    if (max > this.most) this.most = max;
    const lowest = prices.minBins[product] as number;
    increment(this.lowest, lowest);
    if (max === min) return;
    const highest = prices.maxBins[product] as number;
    // Nothing is cut between prices of one bin.
    if (highest === lowest) return;
    increment(this.highest, highest);
    several.push(product);
  }

  get span(): { readonly minPriceMinor: number; readonly maxPriceMinor: number } {
    return { minPriceMinor: this.least, maxPriceMinor: this.most };
  }

  /** Ascending; none where there is nothing to choose between. */
  ranges(): PriceRangeCount[] {
    if (this.least > this.most) return [];
    const cuts = chooseCuts(this.prices(), MAX_RANGES);
    if (cuts.length === 0) return [];
    const counts = new Uint32Array(cuts.length + 1);
    // A cut is always the lowest price of a bin, so the bin tells in which range a price is.
    const ranges = new Uint8Array(PRICE_BINS);
    const last = binOf(this.most);
    let range = 0;
    for (let bin = binOf(this.least); bin <= last; bin += 1) {
      if (range < cuts.length && lowestOf(bin) >= (cuts[range] as number)) range += 1;
      ranges[bin] = range;
      counts[range] = (counts[range] as number) + (this.lowest[bin] as number);
    }
    this.countOthers(cuts, ranges, counts);
    return [...counts].map((count, place) => ({
      minMinor: cuts[place - 1] ?? null,
      maxMinor: place < cuts.length ? (cuts[place] as number) - 1 : null,
      count,
    }));
  }

  /** The ranges of a product beside that of its lowest price, each once. */
  private countOthers(cuts: readonly number[], ranges: Uint8Array, counts: Uint32Array): void {
    for (const { prices, products } of this.several) {
      for (const product of products) {
        const last = ranges[prices.maxBins[product] as number] as number;
        let known = ranges[prices.minBins[product] as number] as number;
        if (known === last) continue;
        increment(counts, last);
        if (last === known + 1) continue;
        const end = prices.betweenOffsets[product + 1] as number;
        for (let at = prices.betweenOffsets[product] as number; at < end; at += 1) {
          const range = placeAmong(cuts, prices.between[at] as number);
          if (range === last) break;
          if (range !== known) increment(counts, range);
          known = range;
        }
      }
    }
  }

  private prices(): Valued[] {
    const values: Valued[] = [];
    const last = binOf(this.most);
    for (let bin = binOf(this.least); bin <= last; bin += 1) {
      const count = (this.lowest[bin] as number) + (this.highest[bin] as number);
      if (count > 0) values.push({ value: lowestOf(bin), count });
    }
    return values;
  }
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}
