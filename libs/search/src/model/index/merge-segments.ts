import type { Language } from '../text/language.js';
import { columnsOf, type ColumnRows, type SortedRuns } from './column-rows.js';
import type { Runs } from './columns.js';
import { GrowingNumbers } from './growing-numbers.js';
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
import { stemGroups } from './stem-groups.js';
import { termLetters } from './term-letters.js';

const TERMS_PER_STEP = 2_000;
const GONE = 0xff_ff_ff_ff;

/** A segment that goes into another one. */
export interface MergeSource {
  readonly segment: Segment;
  /** 1 for each product that is taken over. */
  readonly alive: Uint8Array;
}

interface Placed extends MergeSource {
  /** The number of each product in the new segment; `GONE` for one that is left out. */
  readonly products: Uint32Array;
  /** The number of each term in the new dictionary. */
  readonly terms: Uint32Array;
}

/**
 * One segment with the products of several that are still alive, in steps of a few milliseconds. No id
 * may be alive in two of them.
 */
export function* mergeSegments(
  sources: readonly MergeSource[],
  languages: readonly Language[],
): Generator<undefined, Segment> {
  const placed = place(sources);
  yield;
  const { terms, postings } = yield* mergeTerms(placed);
  const letters = yield* termLetters(terms);
  const stems = new Map<string, StemGroups>();
  for (const language of languages) {
    stems.set(language.code, yield* stemGroups(terms, language));
  }
  const columns = yield* columnsOf(rowsOf(placed), runsOf(placed));
  return { ...columns, terms, letters, postings, stems, names: mergeNames(placed) };
}

function place(sources: readonly MergeSource[]): Placed[] {
  let next = 0;
  return sources.map(({ segment, alive }) => {
    const products = new Uint32Array(segment.ids.length).fill(GONE);
    for (let product = 0; product < products.length; product += 1) {
      if (alive[product] === 1) products[product] = next++;
    }
    return { segment, alive, products, terms: new Uint32Array(segment.terms.length).fill(GONE) };
  });
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
  const offsets = [0];
  let end = 0;
  for (let step = 0; ; step += 1) {
    if (step % TERMS_PER_STEP === 0) yield;
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
      const last = postings.offsets[term + 1] as number;
      for (let at = postings.offsets[term] as number; at < last; at += 1) {
        const product = source.products[postings.products[at] as number] as number;
        if (product === GONE) continue;
        products[end] = product;
        impacts[end] = postings.impacts[at] as number;
        end += 1;
      }
    }
    if (end === before) continue; // A term of products that are gone: the next one takes its number.
    texts.push(least);
    offsets.push(end);
  }
  return {
    terms: PackedStrings.of(texts),
    postings: {
      offsets: Uint32Array.from(offsets),
      products: products.slice(0, end),
      impacts: impacts.slice(0, end),
    },
  };
}

function mergeNames(placed: readonly Placed[]): NumberLists {
  const total = placed.reduce((sum, { segment }) => sum + segment.names.items.length, 0);
  const items = new Uint32Array(total);
  const offsets = [0];
  let end = 0;
  for (const { segment, alive, terms } of placed) {
    const { names } = segment;
    for (let product = 0; product < alive.length; product += 1) {
      if (alive[product] !== 1) continue;
      const last = names.offsets[product + 1] as number;
      for (let at = names.offsets[product] as number; at < last; at += 1) {
        const term = names.items[at] as number;
        items[end++] = term === NO_TERM ? NO_TERM : (terms[term] as number);
      }
      offsets.push(end);
    }
  }
  return { offsets: Uint32Array.from(offsets), items: items.slice(0, end) };
}

function rowsOf(placed: readonly Placed[]): ColumnRows {
  const each = <T>(valueOf: (segment: Segment, product: number) => T): T[] =>
    placed.flatMap(({ segment, alive }) => {
      const values: T[] = [];
      for (let product = 0; product < alive.length; product += 1) {
        if (alive[product] === 1) values.push(valueOf(segment, product));
      }
      return values;
    });
  const keys = (part: 'prices' | 'sortNames'): string[] => [
    ...new Set(placed.flatMap(({ segment }) => [...segment[part].keys()])),
  ];
  return {
    ids: each(({ ids }, product) => ids.at(product)),
    brands: each(({ brands }, product) => valueAt(brands, product)),
    categories: each(({ categories }, product) => valueAt(categories, product)),
    attributes: each(({ attributes: { pairs, lists } }, product) =>
      [...itemsOf(lists, product)].flatMap((ordinal) => pairs[ordinal] ?? []),
    ),
    prices: new Map(
      keys('prices').map((currency) => [
        currency,
        each(({ prices }, product) => pricesAt(prices.get(currency), product)),
      ]),
    ),
    sortNames: new Map(
      keys('sortNames').map((locale) => [
        locale,
        each(({ sortNames }, product) => sortNames.get(locale)?.keys.at(product) ?? ''),
      ]),
    ),
    createdAt: each(({ createdAt }, product) => createdAt.values[product] as number),
    publishedDays: each(({ publishedDays }, product) => publishedDays[product] as number),
    availability: each(({ availability }, product) => availability[product] as number),
  };
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
function runsOf(placed: readonly Placed[]): SortedRuns {
  const runs = (orderOf: (segment: Segment) => Uint32Array | undefined): Runs => {
    const all = new GrowingNumbers();
    for (const { segment, products } of placed) {
      for (const product of orderOf(segment) ?? []) {
        const number = products[product] as number;
        if (number !== GONE) all.push(number);
      }
    }
    return all.items;
  };
  return {
    createdAt: runs(({ createdAt }) => createdAt.order),
    prices: (currency) => runs(({ prices }) => prices.get(currency)?.order),
    sortNames: (locale) => runs(({ sortNames }) => sortNames.get(locale)?.order),
  };
}
