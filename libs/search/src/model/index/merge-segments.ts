import type { Language } from '../text/language.js';
import { columnsOf, type ColumnRows, type SortedRuns } from './column-rows.js';
import type { Runs } from './columns.js';
import { GrowingNumbers } from './growing-numbers.js';
import { copied, inSteps } from './in-steps.js';
import type { AttributePair } from './indexed-product.js';
import type { FrozenSegment } from './live-segment.js';
import { PackedStrings } from './packed-strings.js';
import {
  itemsOf,
  NO_TERM,
  type NumberLists,
  type Postings,
  type PriceColumn,
  type Segment,
  type StemGroups,
} from './segment.js';
import { mergedStemGroups } from './stem-groups.js';
import { termLetters } from './term-letters.js';

/** Terms and postings together. */
const ITEMS_PER_STEP = 5_000;
/** Ids as texts, or prices and attributes of a product: each is some work. */
const VALUES_PER_STEP = 250;
const GONE = 0xff_ff_ff_ff;
const NONE = new Uint32Array();

interface Placed extends FrozenSegment {
  /** The number of each product in the new segment; `GONE` for one that is left out. */
  readonly products: Uint32Array;
  /** The number of each term in the new dictionary; `NO_TERM` for one that only products have that are left out. */
  readonly terms: Uint32Array;
}

/**
 * One segment with the products of several that are still alive, in the order of these, in short steps. No id
 * may be alive in two of them.
 */
export function* mergeSegments(
  sources: readonly FrozenSegment[],
  languages: readonly Language[],
): Generator<undefined, Segment> {
  const placed = yield* place(sources);
  const { terms, postings } = yield* mergeTerms(placed);
  const letters = yield* termLetters(terms);
  const stems = new Map<string, StemGroups>();
  for (const { code } of languages) {
    const parts = placed.map(({ segment, terms: numbers }) => ({
      // All segments of an index have those of its languages.
      groups: segment.stems.get(code) as StemGroups,
      terms: numbers,
    }));
    stems.set(code, yield* mergedStemGroups(parts));
  }
  const columns = yield* columnsOf(yield* rowsOf(placed), yield* runsOf(placed));
  return { ...columns, terms, letters, postings, stems, names: yield* mergeNames(placed) };
}

function* place(sources: readonly FrozenSegment[]): Generator<undefined, Placed[]> {
  let next = 0;
  const placed: Placed[] = [];
  for (const { segment, alive } of sources) {
    const products = new Uint32Array(segment.ids.length).fill(GONE);
    yield* inSteps(products.length, (product) => {
      if (alive[product] === 1) products[product] = next++;
    });
    const terms = new Uint32Array(segment.terms.length).fill(NO_TERM);
    placed.push({ segment, alive, products, terms });
  }
  return placed;
}

function* mergeTerms(
  placed: readonly Placed[],
): Generator<undefined, { readonly terms: PackedStrings; readonly postings: Postings }> {
  const total = placed.reduce((sum, { segment }) => sum + segment.postings.products.length, 0);
  const products = new Uint32Array(total);
  const impacts = new Uint8Array(total);
  const heads = placed.map(({ segment }) =>
    segment.terms.length > 0 ? segment.terms.at(0) : undefined,
  );
  const next = placed.map(() => 0);
  const texts: string[] = [];
  const offsets = new GrowingNumbers();
  offsets.push(0);
  let end = 0;
  for (let items = 0; ; items += 1) {
    if (items % ITEMS_PER_STEP === 0) yield;
    const least = heads.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));
    if (least === undefined) break;
    const before = end;
    for (const [index, source] of placed.entries()) {
      if (heads[index] !== least) continue;
      const { terms, postings } = source.segment;
      const term = next[index] as number;
      next[index] = term + 1;
      heads[index] = term + 1 < terms.length ? terms.at(term + 1) : undefined;
      source.terms[term] = texts.length;
      const first = postings.offsets[term] as number;
      const last = postings.offsets[term + 1] as number;
      for (let at = first; at < last; at += 1) {
        items += 1;
        if (items % ITEMS_PER_STEP === 0) yield;
        const product = source.products[postings.products[at] as number] as number;
        if (product === GONE) continue;
        products[end] = product;
        impacts[end] = postings.impacts[at] as number;
        end += 1;
      }
    }
    if (end === before) {
      for (const [index, { terms }] of placed.entries())
        unname(terms, (next[index] as number) - 1, texts.length);
      continue;
    }
    texts.push(least);
    offsets.push(end);
  }
  return {
    terms: yield* PackedStrings.of(texts),
    postings: {
      offsets: offsets.items.slice(),
      products: yield* copied(products.subarray(0, end), new Uint32Array(end)),
      impacts: yield* copied(impacts.subarray(0, end), new Uint8Array(end)),
    },
  };
}

/** A term of products that are gone: the next one takes its number. */
function unname(terms: Uint32Array, term: number, number: number): void {
  if (terms[term] === number) terms[term] = NO_TERM;
}

function* mergeNames(placed: readonly Placed[]): Generator<undefined, NumberLists> {
  const total = placed.reduce((sum, { segment }) => sum + segment.names.items.length, 0);
  const items = new Uint32Array(total);
  const offsets = new GrowingNumbers();
  offsets.push(0);
  let end = 0;
  for (const { segment, alive, terms } of placed) {
    const { names } = segment;
    yield* inSteps(alive.length, (product) => {
      if (alive[product] !== 1) return;
      const last = names.offsets[product + 1] as number;
      for (let at = names.offsets[product] as number; at < last; at += 1) {
        const term = names.items[at] as number;
        items[end++] = term === NO_TERM ? NO_TERM : (terms[term] as number);
      }
      offsets.push(end);
    });
  }
  const own = yield* copied(items.subarray(0, end), new Uint32Array(end));
  return { offsets: offsets.items.slice(), items: own };
}

function* rowsOf(placed: readonly Placed[]): Generator<undefined, ColumnRows> {
  function* each<T>(valueOf: (segment: Segment, product: number) => T): Generator<undefined, T[]> {
    const values: T[] = [];
    for (const { segment, alive } of placed) {
      const read = (product: number): void => {
        if (alive[product] === 1) values.push(valueOf(segment, product));
      };
      yield* inSteps(alive.length, read, VALUES_PER_STEP);
    }
    return values;
  }
  const prices = new Map<string, number[][]>();
  for (const currency of keysOf(placed, 'prices')) {
    const own = yield* each((segment, product) => pricesAt(segment.prices.get(currency), product));
    prices.set(currency, own);
  }
  const sortNames = new Map<string, string[]>();
  for (const locale of keysOf(placed, 'sortNames')) {
    const own = yield* each(
      (segment, product) => segment.sortNames.get(locale)?.keys.at(product) ?? '',
    );
    sortNames.set(locale, own);
  }
  return {
    ids: yield* each(({ ids }, product) => ids.at(product)),
    brands: yield* each(({ brands }, product) => valueAt(brands, product)),
    categories: yield* each(({ categories }, product) => valueAt(categories, product)),
    attributes: yield* each(({ attributes: { pairs, lists } }, product) =>
      Array.from(itemsOf(lists, product), (ordinal) => pairs[ordinal] as AttributePair),
    ),
    prices,
    sortNames,
    createdAt: yield* each(({ createdAt }, product) => createdAt.values[product] as number),
    publishedDays: yield* each(({ publishedDays }, product) => publishedDays[product] as number),
    popularity: yield* each(({ popularity }, product) => popularity.values[product] as number),
    availability: yield* each(({ availability }, product) => availability[product] as number),
  };
}

function keysOf(placed: readonly Placed[], part: 'prices' | 'sortNames'): ReadonlySet<string> {
  return new Set(placed.flatMap(({ segment }) => [...segment[part].keys()]));
}

function valueAt({ values, ordinals }: Segment['brands'], product: number): string | null {
  return values[(ordinals[product] as number) - 1] ?? null;
}

function pricesAt(column: PriceColumn | undefined, product: number): number[] {
  const min = column?.min[product];
  if (column === undefined || min === undefined || Number.isNaN(min)) return [];
  const { betweenOffsets, between, max } = column;
  const rest = between.subarray(betweenOffsets[product], betweenOffsets[product + 1]);
  return [min, ...rest, max[product] as number];
}

/** Products in the orders of their segments, one after the other. */
function* runsOf(placed: readonly Placed[]): Generator<undefined, SortedRuns> {
  function* runs(orderOf: (segment: Segment) => Runs | undefined): Generator<undefined, Runs> {
    const all = new GrowingNumbers();
    for (const { segment, products } of placed) {
      const order = orderOf(segment) ?? NONE;
      yield* inSteps(order.length, (at) => {
        const number = products[order[at] as number] as number;
        if (number !== GONE) all.push(number);
      });
    }
    return all.items;
  }
  const prices = new Map<string, Runs>();
  for (const currency of keysOf(placed, 'prices')) {
    prices.set(currency, yield* runs((segment) => segment.prices.get(currency)?.order));
  }
  const sortNames = new Map<string, Runs>();
  for (const locale of keysOf(placed, 'sortNames')) {
    // A product without a name in it is in the order as well.
    const orderOf = ({ sortNames: own, ids }: Segment): Runs => own.get(locale)?.order ?? ids.order;
    sortNames.set(locale, yield* runs(orderOf));
  }
  return {
    ids: yield* runs(({ ids }) => ids.order),
    createdAt: yield* runs(({ createdAt }) => createdAt.order),
    popularity: yield* runs(({ popularity }) => popularity.order),
    prices,
    sortNames,
  };
}
