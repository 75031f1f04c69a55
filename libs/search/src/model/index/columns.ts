import { foldText, cutText } from '#libs/kernel';
import type { AttributePair } from './indexed-product.js';
import { PackedStrings } from './packed-strings.js';
import { binOf } from './price-bins.js';
import { quantityOf, type Quantity } from './quantity.js';
import { sorted } from './stepwise-sort.js';
import type {
  AttributeColumn,
  NameColumn,
  NumberColumn,
  NumberLists,
  PriceColumn,
  ValueColumn,
} from './segment.js';

const SORT_NAME_LENGTH = 200;

/** What products are compared by when they are sorted by name. */
export function sortNameOf(name: string): string {
  return cutText(foldText(name).trim(), SORT_NAME_LENGTH);
}

/**
 * An order of products to begin with. Sorting goes through it once where it consists of few ascending
 * runs, as it does when segments are merged.
 */
export type Runs = Uint32Array;

export function numberLists(lists: readonly (readonly number[])[]): NumberLists {
  const offsets = new Uint32Array(lists.length + 1);
  let total = 0;
  for (const [index, list] of lists.entries()) {
    total += list.length;
    offsets[index + 1] = total;
  }
  const items = new Uint32Array(total);
  let place = 0;
  for (const list of lists) for (const item of list) items[place++] = item;
  return { offsets, items };
}

export function valueColumn(values: readonly (string | null)[]): ValueColumn {
  const numbers = new Map<string, number>();
  const ordinals = new Uint32Array(values.length);
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    let ordinal = numbers.get(value);
    if (ordinal === undefined) {
      ordinal = numbers.size + 1;
      numbers.set(value, ordinal);
    }
    ordinals[index] = ordinal;
  }
  return { values: [...numbers.keys()], ordinals };
}

export function attributeColumn(products: readonly (readonly AttributePair[])[]): AttributeColumn {
  const byCode = new Map<string, Map<string, number>>();
  const pairs: AttributePair[] = [];
  const ordinalOf = ({ code, value }: AttributePair): number => {
    let byValue = byCode.get(code);
    if (byValue === undefined) {
      byValue = new Map();
      byCode.set(code, byValue);
    }
    let ordinal = byValue.get(value);
    if (ordinal === undefined) {
      ordinal = pairs.length;
      byValue.set(value, ordinal);
      pairs.push({ code, value });
    }
    return ordinal;
  };
  const lists = numberLists(products.map((each) => each.map(ordinalOf)));
  const quantities = pairs.map(({ value }) => quantityOf(value));
  return { lists, pairs, quantities, repeated: repeatedIn(lists, pairs, quantities) };
}

function repeatedIn(
  { offsets, items }: NumberLists,
  pairs: readonly AttributePair[],
  quantities: readonly (Quantity | undefined)[],
): Uint8Array | undefined {
  const groups = new Map<string, number>();
  const groupOf = pairs.map(({ code }, ordinal) => {
    const quantity = quantities[ordinal];
    if (quantity === undefined) return -1;
    const key = `${code} ${quantity.unit}`;
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  });
  const lastOf = new Int32Array(groups.size).fill(-1);
  let repeated: Uint8Array | undefined;
  for (let product = 0; product < offsets.length - 1; product += 1) {
    const end = offsets[product + 1] as number;
    for (let at = offsets[product] as number; at < end; at += 1) {
      const group = groupOf[items[at] as number] as number;
      if (group < 0) continue;
      if (lastOf[group] === product) {
        repeated ??= new Uint8Array(offsets.length - 1);
        repeated[product] = 1;
      }
      lastOf[group] = product;
    }
  }
  return repeated;
}

/** `ranks`: the place of each product by id. */
export function* priceColumn(
  products: readonly (readonly number[])[],
  ranks: Uint32Array,
  runs: Runs,
): Generator<undefined, PriceColumn> {
  const min = new Float64Array(products.length).fill(Number.NaN);
  const max = new Float64Array(products.length).fill(Number.NaN);
  const minBins = new Uint16Array(products.length);
  const maxBins = new Uint16Array(products.length);
  const betweenOffsets = new Uint32Array(products.length + 1);
  const between: number[] = [];
  for (const [index, prices] of products.entries()) {
    const distinct = prices.length > 1 ? [...new Set(prices)].sort((a, b) => a - b) : prices;
    if (distinct.length > 0) {
      const [least, most] = [distinct[0] as number, distinct.at(-1) as number];
      min[index] = least;
      max[index] = most;
      minBins[index] = binOf(least);
      maxBins[index] = binOf(most);
    }
    for (const price of distinct.slice(1, -1)) between.push(price);
    betweenOffsets[index + 1] = between.length;
  }
  const priced = runs.filter((product) => !Number.isNaN(min[product]));
  yield;
  const order = yield* ordered(priced, ranks, (a, b) => (min[a] as number) - (min[b] as number));
  return { min, max, minBins, maxBins, betweenOffsets, between: Float64Array.from(between), order };
}

export function* nameColumn(
  keys: readonly string[],
  ranks: Uint32Array,
  runs: Runs,
): Generator<undefined, NameColumn> {
  const order = yield* ordered(runs, ranks, (a, b) => {
    const [one, other] = [keys[a] as string, keys[b] as string];
    if (one === other) return 0;
    return one < other ? -1 : 1;
  });
  return { keys: PackedStrings.of(keys), order };
}

export function* numberColumn(
  values: readonly number[],
  ranks: Uint32Array,
  runs: Runs,
): Generator<undefined, NumberColumn> {
  const numbers = Float64Array.from(values);
  const order = yield* ordered(
    runs,
    ranks,
    (a, b) => (numbers[a] as number) - (numbers[b] as number),
  );
  return { values: numbers, order };
}

function ordered(
  runs: Runs,
  ranks: Uint32Array,
  compare: (one: number, other: number) => number,
): Generator<undefined, Uint32Array> {
  return sorted(
    runs,
    (one, other) => compare(one, other) || (ranks[one] as number) - (ranks[other] as number),
  );
}
