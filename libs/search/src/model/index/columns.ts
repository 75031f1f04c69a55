import { GrowingNumbers } from './growing-numbers.js';
import type { AttributePair } from './indexed-product.js';
import { filled, inSteps } from './in-steps.js';
import { PackedStrings } from './packed-strings.js';
import { binOf } from './price-bins.js';
import { quantityOf, type Quantity } from './quantity.js';
import { sorted } from './stepwise-sort.js';
import type {
  AttributeColumn,
  LevelColumn,
  NameColumn,
  NumberColumn,
  NumberLists,
  PriceColumn,
  ValueColumn,
} from './segment.js';

const MAX_UINT16 = 0xff_ff;

/**
 * An order of products to begin with. Sorting goes through it once where it consists of few ascending
 * runs, as it does when segments are merged.
 */
export type Runs = Uint32Array;

export function numberLists(
  lists: readonly (readonly number[])[],
): Generator<undefined, NumberLists> {
  return numberedLists(lists, (item) => item);
}

/** The lists with a number for each of their items. */
function* numberedLists<Item>(
  lists: readonly (readonly Item[])[],
  numberOf: (item: Item) => number,
): Generator<undefined, NumberLists> {
  const offsets = new Uint32Array(lists.length + 1);
  let total = 0;
  yield* inSteps(lists.length, (index) => {
    total += lists[index]?.length ?? 0;
    offsets[index + 1] = total;
  });
  const items = new Uint32Array(total);
  let place = 0;
  yield* inSteps(lists.length, (index) => {
    for (const item of lists[index] ?? []) items[place++] = numberOf(item);
  });
  return { offsets, items };
}

export function* valueColumn(
  values: readonly (string | null)[],
): Generator<undefined, ValueColumn> {
  const numbers = new Map<string, number>();
  const ordinals = yield* filled(new Uint32Array(values.length), (index) => {
    const value = values[index] ?? null;
    if (value === null) return 0;
    let ordinal = numbers.get(value);
    if (ordinal === undefined) {
      ordinal = numbers.size + 1;
      numbers.set(value, ordinal);
    }
    return ordinal;
  });
  return {
    values: [...numbers.keys()],
    ordinals: numbers.size <= MAX_UINT16 ? new Uint16Array(ordinals) : ordinals,
  };
}

export function* attributeColumn(
  products: readonly (readonly AttributePair[])[],
): Generator<undefined, AttributeColumn> {
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
  const lists = yield* numberedLists(products, ordinalOf);
  const quantities: (Quantity | undefined)[] = [];
  yield* inSteps(pairs.length, (ordinal) => {
    quantities.push(quantityOf(pairs[ordinal]?.value ?? ''));
  });
  return { lists, pairs, quantities, repeated: yield* repeatedIn(lists, pairs, quantities) };
}

function* repeatedIn(
  { offsets, items }: NumberLists,
  pairs: readonly AttributePair[],
  quantities: readonly (Quantity | undefined)[],
): Generator<undefined, Uint8Array | undefined> {
  const groups = new Map<string, number>();
  const groupOf: number[] = [];
  yield* inSteps(pairs.length, (ordinal) => {
    const quantity = quantities[ordinal];
    if (quantity === undefined) {
      groupOf.push(-1);
      return;
    }
    const key = `${pairs[ordinal]?.code} ${quantity.unit}`;
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    groupOf.push(group);
  });
  const lastOf = new Int32Array(groups.size).fill(-1);
  let repeated: Uint8Array | undefined;
  yield* inSteps(offsets.length - 1, (product) => {
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
  });
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
  yield* inSteps(products.length, (index) => {
    const prices = products[index] ?? [];
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
  });
  const priced = new GrowingNumbers();
  yield* inSteps(runs.length, (place) => {
    const product = runs[place] as number;
    if (!Number.isNaN(min[product])) priced.push(product);
  });
  const order = yield* ordered(
    priced.items,
    ranks,
    (a, b) => (min[a] as number) - (min[b] as number),
  );
  return {
    min,
    max,
    minBins,
    maxBins,
    betweenOffsets,
    between: yield* numbersOf(between, Float64Array),
    order,
  };
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
  return { keys: yield* PackedStrings.of(keys), order };
}

export function* numberColumn(
  values: readonly number[],
  ranks: Uint32Array,
  runs: Runs,
): Generator<undefined, NumberColumn> {
  const numbers = yield* numbersOf(values, Float64Array);
  const order = yield* ordered(
    runs,
    ranks,
    (a, b) => (numbers[a] as number) - (numbers[b] as number),
  );
  return { values: numbers, order };
}

/** Of values below 256. */
export function* levelColumn(
  values: readonly number[],
  ranks: Uint32Array,
  runs: Runs,
): Generator<undefined, LevelColumn> {
  const levels = yield* numbersOf(values, Uint8Array);
  const order = yield* ordered(
    runs,
    ranks,
    (a, b) => (levels[a] as number) - (levels[b] as number),
  );
  return { values: levels, order };
}

export function numbersOf<Kind extends Uint8Array | Uint16Array | Float64Array>(
  values: readonly number[],
  kind: new (length: number) => Kind,
): Generator<undefined, Kind> {
  return filled(new kind(values.length), (index) => values[index] as number);
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
