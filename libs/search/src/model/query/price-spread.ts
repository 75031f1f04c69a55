import { lowestOf, PRICE_BINS } from '../index/price-bins.js';
import type { PriceColumn } from '../index/segment.js';
import { chooseCuts, MAX_RANGES, placeAmong, type Valued } from './choose-cuts.js';

/** Prices from the one to the other, both included; null: whatever is below or above. */
export interface PriceRangeCount {
  readonly minMinor: number | null;
  readonly maxMinor: number | null;
  /** Products of which a variant costs so much. */
  readonly count: number;
}

/**
 * What products of all segments cost. Only what they cost decides about the ranges, not in which segments they are. First each product is
 * added; when the ranges have been cut, each is shown once more, for the prices that are in other ranges than its lowest.
 */
export class PriceSpread {
  private least = Infinity;
  private most = -Infinity;
  private leastBin = PRICE_BINS;
  private mostBin = -1;
  /** Products by the bin of their lowest price. */
  private readonly lowest = new Uint32Array(PRICE_BINS);
  /** Those with another bin for the highest, by that. */
  private readonly highest = new Uint32Array(PRICE_BINS);
  private cuts: readonly number[] = [];
  private counts = new Uint32Array(0);
  /** A cut is always the lowest price of a bin, so the bin tells in which range a price is. */
  private readonly rangeOf = new Uint8Array(PRICE_BINS);

  add(prices: PriceColumn, product: number): void {
    const low = prices.minBins[product] as number;
    const high = prices.maxBins[product] as number;
    increment(this.lowest, low);
    // Nothing is cut between prices of one bin.
    if (high !== low) increment(this.highest, high);
    // The prices themselves only where they may be the least or the most of all.
    if (low <= this.leastBin) {
      this.leastBin = low;
      this.least = Math.min(this.least, prices.min[product] as number);
    }
    if (high >= this.mostBin) {
      this.mostBin = high;
      this.most = Math.max(this.most, prices.max[product] as number);
    }
  }

  get span(): { readonly minPriceMinor: number; readonly maxPriceMinor: number } {
    return { minPriceMinor: this.least, maxPriceMinor: this.most };
  }

  /** When each product was added; says whether there is anything to choose between. */
  cut(): boolean {
    this.cuts = this.least > this.most ? [] : chooseCuts(this.prices(), MAX_RANGES);
    if (this.cuts.length === 0) return false;
    const counts = new Uint32Array(this.cuts.length + 1);
    let range = 0;
    for (let bin = this.leastBin; bin <= this.mostBin; bin += 1) {
      if (range < this.cuts.length && lowestOf(bin) >= (this.cuts[range] as number)) range += 1;
      this.rangeOf[bin] = range;
      counts[range] = (counts[range] as number) + (this.lowest[bin] as number);
    }
    this.counts = counts;
    return true;
  }

  /** Whether prices of the product, which was added, are in several ranges. */
  isAcross(prices: PriceColumn, product: number): boolean {
    const { rangeOf } = this;
    return (
      rangeOf[prices.minBins[product] as number] !== rangeOf[prices.maxBins[product] as number]
    );
  }

  /** Counts a product in its ranges beside that of its lowest price, each once. */
  addAcross(prices: PriceColumn, product: number): void {
    const { counts, cuts, rangeOf } = this;
    const last = rangeOf[prices.maxBins[product] as number] as number;
    let known = rangeOf[prices.minBins[product] as number] as number;
    increment(counts, last);
    if (last === known + 1) return;
    const end = prices.betweenOffsets[product + 1] as number;
    for (let at = prices.betweenOffsets[product] as number; at < end; at += 1) {
      const range = placeAmong(cuts, prices.between[at] as number);
      if (range === last) break;
      if (range !== known) increment(counts, range);
      known = range;
    }
  }

  /** Ascending; none where there is nothing to choose between. */
  ranges(): PriceRangeCount[] {
    const { cuts } = this;
    return [...this.counts].map((count, place) => ({
      minMinor: cuts[place - 1] ?? null,
      maxMinor: place < cuts.length ? (cuts[place] as number) - 1 : null,
      count,
    }));
  }

  private prices(): Valued[] {
    const values: Valued[] = [];
    for (let bin = this.leastBin; bin <= this.mostBin; bin += 1) {
      const count = (this.lowest[bin] as number) + (this.highest[bin] as number);
      if (count > 0) values.push({ value: lowestOf(bin), count });
    }
    return values;
  }
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}
