import { inSteps } from '../index/in-steps.js';
import type { AttributePair } from '../index/indexed-product.js';
import { PackedStrings } from '../index/packed-strings.js';
import { ID_WORDS, ProductIds } from '../index/product-ids.js';
import { quantityOf, type Quantity } from '../index/quantity.js';
import type { FrozenSegment } from '../index/live-segment.js';
import type {
  AttributeColumn,
  NameColumn,
  NumberLists,
  PriceColumn,
  Segment,
  StemGroups,
  ValueColumn,
} from '../index/segment.js';
import { TERMS_PER_BLOCK } from '../index/term-letters.js';
import { PartReader, PartWriter, type PartArray, type PartHead } from './parts.js';
import { UnusableFile } from './unusable-file.js';

/** What is said of a segment in front of its arrays. */
export interface SegmentHead {
  readonly parts: readonly PartHead[];
  /** Codes of the languages that it has stems of. */
  readonly languages: readonly string[];
  readonly currencies: readonly string[];
  readonly locales: readonly string[];
}

/** A segment in its parts. The arrays are those of the segment itself. */
export interface SegmentParts {
  readonly head: SegmentHead;
  readonly arrays: readonly PartArray[];
}

/** In steps of a few milliseconds. */
export function* takeApart({ segment, alive }: FrozenSegment): Generator<undefined, SegmentParts> {
  const { ids, terms, letters, postings, stems, names, attributes, prices, sortNames } = segment;
  const parts = new PartWriter();
  const texts = ({ units, offsets }: PackedStrings): void => parts.add(offsets, units);
  const lists = ({ offsets, items }: NumberLists): void => parts.add(offsets, items);
  parts.add(alive, ids.words, ids.order, ids.ranks);
  texts(terms);
  parts.add(letters.ofTerms, letters.ofBlocks);
  parts.add(postings.offsets, postings.products, postings.impacts);
  for (const groups of stems.values()) {
    texts(groups.stems);
    lists(groups.terms);
  }
  lists(names);
  for (const { values, ordinals } of [segment.brands, segment.categories]) {
    texts(yield* PackedStrings.of(values));
    parts.add(ordinals);
  }
  const codes: string[] = [];
  const values: string[] = [];
  yield* inSteps(attributes.pairs.length, (ordinal) => {
    const { code, value } = attributes.pairs[ordinal] as AttributePair;
    codes.push(code);
    values.push(value);
  });
  texts(yield* PackedStrings.of(codes));
  texts(yield* PackedStrings.of(values));
  lists(attributes.lists);
  parts.add(attributes.repeated ?? new Uint8Array());
  for (const { min, max, minBins, maxBins, betweenOffsets, between, order } of prices.values()) {
    parts.add(min, max, minBins, maxBins, betweenOffsets, between, order);
  }
  for (const { keys, order } of sortNames.values()) {
    texts(keys);
    parts.add(order);
  }
  parts.add(segment.createdAt.values, segment.createdAt.order);
  parts.add(segment.popularity.values, segment.popularity.order);
  parts.add(segment.publishedDays, segment.availability);
  const head = {
    parts: parts.heads,
    languages: [...stems.keys()],
    currencies: [...prices.keys()],
    locales: [...sortNames.keys()],
  };
  return { head, arrays: parts.arrays };
}

/**
 * The segment again, in steps of a few milliseconds: its arrays are views into the buffer. Throws
 * {@link UnusableFile} when arrays are missing or do not fit together; what is in them is not looked at.
 */
export function* putTogether(
  head: SegmentHead,
  buffer: ArrayBuffer,
): Generator<undefined, FrozenSegment> {
  const parts = new PartReader(head.parts, buffer);
  const alive = parts.take('u8');
  const count = alive.length;
  const words = parts.take('u32', count * ID_WORDS);
  const ids = ProductIds.from(words, parts.take('u32', count), parts.take('u32', count));
  const terms = textsOf(parts);
  const ofTerms = parts.take('u32', terms.length);
  const ofBlocks = parts.take('u32', Math.ceil(terms.length / TERMS_PER_BLOCK));
  const postingLists = listsOf(parts, terms.length);
  const postings = {
    offsets: postingLists.offsets,
    products: postingLists.items,
    impacts: parts.take('u8', postingLists.items.length),
  };
  const stems = new Map<string, StemGroups>();
  for (const language of head.languages) {
    const own = textsOf(parts);
    stems.set(language, { stems: own, terms: listsOf(parts, own.length) });
  }
  const names = listsOf(parts, count);
  const brands = yield* valuesOf(parts, count);
  const categories = yield* valuesOf(parts, count);
  const attributes = yield* attributesOf(parts, count);
  const prices = new Map<string, PriceColumn>();
  for (const currency of head.currencies) prices.set(currency, pricesOf(parts, count));
  const sortNames = new Map<string, NameColumn>();
  for (const locale of head.locales) {
    sortNames.set(locale, { keys: textsOf(parts, count), order: parts.take('u32', count) });
  }
  const createdAt = { values: parts.take('f64', count), order: parts.take('u32', count) };
  const popularity = { values: parts.take('u8', count), order: parts.take('u32', count) };
  const publishedDays = parts.take('u16', count);
  const availability = parts.take('u8', count);
  parts.end();
  const segment: Segment = {
    ids,
    terms,
    letters: { ofTerms, ofBlocks },
    postings,
    stems,
    names,
    brands,
    categories,
    attributes,
    prices,
    sortNames,
    createdAt,
    popularity,
    publishedDays,
    availability,
  };
  return { segment, alive };
}

function textsOf(parts: PartReader, count?: number): PackedStrings {
  const offsets = parts.take('u32', count === undefined ? undefined : count + 1);
  const length = lastOf(offsets);
  const isLatin = parts.nextKind === 'u8';
  const units = isLatin ? parts.take('u8', length) : parts.take('u16', length);
  return PackedStrings.from(units, offsets);
}

function listsOf(parts: PartReader, count: number): NumberLists {
  const offsets = parts.take('u32', count + 1);
  return { offsets, items: parts.take('u32', lastOf(offsets)) };
}

function* valuesOf(parts: PartReader, count: number): Generator<undefined, ValueColumn> {
  const values = yield* each(textsOf(parts));
  return { values, ordinals: parts.take(parts.nextKind === 'u16' ? 'u16' : 'u32', count) };
}

function* attributesOf(parts: PartReader, count: number): Generator<undefined, AttributeColumn> {
  const codes = yield* each(textsOf(parts));
  const values = yield* each(textsOf(parts, codes.length));
  const pairs: AttributePair[] = [];
  const quantities: (Quantity | undefined)[] = [];
  yield* inSteps(codes.length, (ordinal) => {
    const value = values[ordinal] ?? '';
    pairs.push({ code: codes[ordinal] ?? '', value });
    quantities.push(quantityOf(value));
  });
  const lists = listsOf(parts, count);
  const repeated = parts.take('u8');
  if (repeated.length !== 0 && repeated.length !== count) {
    throw new UnusableFile('an attribute is not known of each product');
  }
  return { pairs, quantities, lists, repeated: repeated.length === 0 ? undefined : repeated };
}

function pricesOf(parts: PartReader, count: number): PriceColumn {
  const min = parts.take('f64', count);
  const max = parts.take('f64', count);
  const minBins = parts.take('u16', count);
  const maxBins = parts.take('u16', count);
  const betweenOffsets = parts.take('u32', count + 1);
  const between = parts.take('f64', lastOf(betweenOffsets));
  return { min, max, minBins, maxBins, betweenOffsets, between, order: parts.take('u32') };
}

function* each(texts: PackedStrings): Generator<undefined, string[]> {
  const all: string[] = [];
  yield* inSteps(texts.length, (index) => all.push(texts.at(index)));
  return all;
}

/** Where the last text or list ends. */
function lastOf(offsets: Uint32Array): number {
  const last = offsets.at(-1);
  if (last === undefined) throw new UnusableFile('a list has no beginning');
  return last;
}
