import type { Language } from '../text/language.js';
import { combined, DistinctTexts, limitOf, weightOf } from './analysed-product.js';
import { columnsOf } from './column-rows.js';
import { GrowingNumbers } from './growing-numbers.js';
import type { IndexedProduct } from './indexed-product.js';
import { SegmentRows } from './segment-rows.js';
import {
  NO_TERM,
  type NumberLists,
  type Postings,
  type Segment,
  type StemGroups,
} from './segment.js';
import { stemGroups } from './stem-groups.js';
import { termLetters } from './term-letters.js';
import { TextTerms } from './text-terms.js';

const ITEMS_PER_STEP = 50_000;

/** Makes a segment of products that are given one by one, each id once, in any order. */
export class SegmentBuilder {
  private readonly texts = new TextTerms();
  private readonly distinct = new DistinctTexts();
  private readonly rows = new SegmentRows();
  /** The terms of each product, by their numbers as they came, with the impact of each; see `ends`. */
  private readonly terms = new GrowingNumbers();
  private readonly impacts = new GrowingNumbers();
  /** Where the terms of each product end. */
  private readonly ends = new GrowingNumbers();
  /** The words of names, and where those of each product end. */
  private readonly names = new GrowingNumbers();
  private readonly nameEnds = new GrowingNumbers();
  /** For each term its last product, and where it is among the terms of that. */
  private readonly lastOwners = new GrowingNumbers();
  private readonly lastPlaces = new GrowingNumbers();

  constructor(private readonly languages: readonly Language[]) {}

  get size(): number {
    return this.rows.size;
  }

  add({ texts, ...product }: IndexedProduct): void {
    const owner = this.size;
    this.distinct.begin();
    for (const each of texts) {
      if (!this.distinct.isNew(each)) continue;
      const { field, text } = each;
      this.texts.read(text, limitOf(field));
      const { words, others } = this.texts;
      const weight = weightOf(field, words.length);
      for (const term of words) this.note(owner, term, weight);
      for (const term of others) this.note(owner, term, weight);
      if (field !== 'name') continue;
      for (const term of words) this.names.push(term);
      this.names.push(NO_TERM);
    }
    this.ends.push(this.terms.length);
    this.nameEnds.push(this.names.length);
    this.rows.add(product);
  }

  /** The segment, in steps of a few milliseconds. Nothing may be added any more. */
  *finish(): Generator<undefined, Segment> {
    const { terms, places } = yield* this.texts.table.finish();
    yield;
    const stems = new Map<string, StemGroups>();
    for (const language of this.languages) {
      stems.set(language.code, yield* stemGroups(terms, language));
    }
    const postings = yield* this.postings(places);
    const all = Uint32Array.from({ length: this.size }, (_, number) => number);
    const columns = yield* columnsOf(this.rows.finish(), {
      createdAt: all,
      prices: () => all,
      sortNames: () => all,
    });
    const letters = yield* termLetters(terms);
    return { ...columns, terms, letters, postings, stems, names: this.nameLists(places) };
  }

  private note(owner: number, term: number, weight: number): void {
    const { terms, impacts, lastOwners, lastPlaces } = this;
    while (lastOwners.length <= term) {
      lastOwners.push(NO_TERM);
      lastPlaces.push(0);
    }
    if (lastOwners.at(term) === owner) {
      const place = lastPlaces.at(term);
      impacts.set(place, combined(impacts.at(place), weight));
      return;
    }
    lastOwners.set(term, owner);
    lastPlaces.set(term, terms.length);
    terms.push(term);
    impacts.push(weight);
  }

  /** Sorts by counting, so products stay in their order under each term. */
  private *postings(places: Uint32Array): Generator<undefined, Postings> {
    const terms = this.terms.items;
    const given = this.impacts.items;
    const offsets = new Uint32Array(places.length + 1);
    for (const term of terms) {
      const place = (places[term] as number) + 1;
      offsets[place] = (offsets[place] as number) + 1;
    }
    for (let place = 1; place < offsets.length; place += 1) {
      offsets[place] = (offsets[place] as number) + (offsets[place - 1] as number);
    }
    yield;
    const next = offsets.slice();
    const products = new Uint32Array(terms.length);
    const impacts = new Uint8Array(terms.length);
    let index = 0;
    for (let owner = 0; owner < this.size; owner += 1) {
      for (const end = this.ends.at(owner); index < end; index += 1) {
        if (index % ITEMS_PER_STEP === 0) yield;
        const place = places[terms[index] as number] as number;
        const free = next[place] as number;
        next[place] = free + 1;
        products[free] = owner;
        impacts[free] = given[index] as number;
      }
    }
    return { offsets, products, impacts };
  }

  private nameLists(places: Uint32Array): NumberLists {
    const offsets = new Uint32Array(this.size + 1);
    offsets.set(this.nameEnds.items, 1);
    const items = this.names.items.map((term) =>
      term === NO_TERM ? NO_TERM : (places[term] as number),
    );
    return { offsets, items };
  }
}
