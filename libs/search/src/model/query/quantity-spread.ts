import type { AttributePair } from '../index/indexed-product.js';
import type { Quantity } from '../index/quantity.js';
import { chooseCuts, MAX_RANGES, placeAmong } from './choose-cuts.js';
import type { QuantityRange } from './quantity-range.js';

/** The amounts of an attribute in one unit, in ranges. */
export interface QuantityRanges {
  readonly code: string;
  readonly unit: string;
  /** Ascending. `count`: products with a value in it. */
  readonly ranges: readonly (QuantityRange & { readonly count: number })[];
}

/** What is no amount with ranges. */
export const NO_RANGE = -1;

/** Further ones, by code and unit, would be more than anybody looks at. */
const MAX_GROUPS = 50;

interface Group {
  readonly code: string;
  readonly unit: string;
  /** How many values are of each amount. */
  readonly amounts: Map<number, number>;
  cuts: readonly number[];
  /** Number of its first range. */
  first: number;
}

/**
 * What values of attributes amount to, in all segments: first all are added, then `cut` decides about the ranges, by the amounts
 * alone, and then what was counted twice is taken away.
 */
export class QuantitySpread {
  private readonly groups = new Map<string, Group>();
  /** Those that are cut. */
  private chosen: readonly Group[] = [];
  private counts = new Uint32Array(0);

  add({ code }: AttributePair, { amount, unit }: Quantity, count: number): void {
    const key = `${code} ${unit}`;
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { code, unit, amounts: new Map(), cuts: [], first: 0 };
      this.groups.set(key, group);
    }
    group.amounts.set(amount, (group.amounts.get(amount) ?? 0) + count);
  }

  /** Fewer amounts than there may be ranges are a list already. */
  cut(): void {
    this.chosen = [...this.groups.keys()]
      .sort()
      .flatMap((key) => this.groups.get(key) ?? [])
      .filter(({ amounts }) => amounts.size > MAX_RANGES)
      .slice(0, MAX_GROUPS);
    let first = 0;
    for (const group of this.chosen) {
      const values = [...group.amounts]
        .map(([value, count]) => ({ value, count }))
        .sort((one, other) => one.value - other.value);
      group.cuts = chooseCuts(values, MAX_RANGES);
      group.first = first;
      first += group.cuts.length + 1;
    }
    this.counts = new Uint32Array(first);
    for (const group of this.chosen) {
      for (const [amount, count] of group.amounts) this.change(rangeIn(group, amount), count);
    }
  }

  /** The number of the range that an amount is in, or `NO_RANGE`. */
  rangeOf({ code }: AttributePair, { amount, unit }: Quantity): number {
    const group = this.groups.get(`${code} ${unit}`);
    return group === undefined || group.cuts.length === 0 ? NO_RANGE : rangeIn(group, amount);
  }

  get rangeCount(): number {
    return this.counts.length;
  }

  /** A product has two values in the range. */
  takeOne(range: number): void {
    this.change(range, -1);
  }

  ranges(): QuantityRanges[] {
    return this.chosen.map(({ code, unit, cuts, first }) => ({
      code,
      unit,
      ranges: [undefined, ...cuts].map((from, index) => ({
        unit,
        from,
        below: cuts[index],
        count: this.counts[first + index] as number,
      })),
    }));
  }

  private change(range: number, more: number): void {
    this.counts[range] = (this.counts[range] as number) + more;
  }
}

function rangeIn({ cuts, first }: Group, amount: number): number {
  return first + placeAmong(cuts, amount);
}
