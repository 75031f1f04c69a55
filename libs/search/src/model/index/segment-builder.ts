import { languageOf, type Language } from '../text/language.js';
import { combined, DistinctTexts, limitOf, weightOf } from './analysed-product.js';
import { columnsOf } from './column-rows.js';
import { GrowingNumbers } from './growing-numbers.js';
import { filled, inSteps } from './in-steps.js';
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
import { StopTerms } from './stop-terms.js';
import { termLetters } from './term-letters.js';
import { TextTerms } from './text-terms.js';

const ITEMS_PER_STEP = 5_000;

/** Makes a segment of products that are given one by one, each id once, in any order. */
export class SegmentBuilder {
  private readonly texts = new TextTerms();
  private readonly stops = new StopTerms(this.texts.table);
  private readonly distinct = new DistinctTexts();
  private readonly rows = new SegmentRows();
  /** The terms of each product, by their numbers as they came, with the impact of each; see `ends`. */
  private readonly terms = new GrowingNumbers();
  private readonly impacts = new GrowingNumbers();
  /** Where the terms of each product end. */
  private readonly ends = new GrowingNumbers();
  /** The words of names without stop words, and where those of each product end. */
  private readonly names = new GrowingNumbers();
  private readonly nameEnds = new GrowingNumbers();
  /** For each term its last product, and where it is among the terms of that. */
  private readonly lastOwners = new GrowingNumbers();
  private readonly lastPlaces = new GrowingNumbers();

  constructor(private readonly languages: readonly Language[]) {}

  get size(): number {
    return this.rows.size;
  }

  add(product: IndexedProduct): void {
    const owner = this.size;
    this.distinct.begin();
    for (const each of product.texts) {
      if (!this.distinct.isNew(each)) continue;
      const { field, text, locale } = each;
      this.texts.read(text, limitOf(field));
      const { words, others } = this.texts;
      const weight = weightOf(field, words.length);
      for (const term of words) this.note(owner, term, weight);
      for (const term of others) this.note(owner, term, weight);
      if (field !== 'name') continue;
      const language = locale === undefined ? undefined : languageOf(locale);
      // In `Rock and Roll` two words of the query `rock and roll` are beside each other.
      const telling = language === undefined ? words : this.stops.without(words, language);
      for (const term of telling) this.names.push(term);
      this.names.push(NO_TERM);
    }
    this.ends.push(this.terms.length);
    this.nameEnds.push(this.names.length);
    this.rows.add(product);
  }

  /** The segment, in steps of a few milliseconds. Nothing may be added any more. */
  *finish(): Generator<undefined, Segment> {
    const { terms, places } = yield* this.texts.table.finish();
    const stems = new Map<string, StemGroups>();
    for (const language of this.languages) {
      stems.set(language.code, yield* stemGroups(terms, language));
    }
    const postings = yield* this.postings(places);
    const columns = yield* columnsOf(this.rows.finish());
    const letters = yield* termLetters(terms);
    const names = yield* this.nameLists(places);
    return { ...columns, terms, letters, postings, stems, names };
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
    const countTerm = (index: number): void => {
      const place = (places[terms[index] as number] as number) + 1;
      offsets[place] = (offsets[place] as number) + 1;
    };
    yield* inSteps(terms.length, countTerm, ITEMS_PER_STEP);
    yield* inSteps(places.length, (place) => {
      offsets[place + 1] = (offsets[place + 1] as number) + (offsets[place] as number);
    });
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

  private *nameLists(places: Uint32Array): Generator<undefined, NumberLists> {
    const offsets = new Uint32Array(this.size + 1);
    offsets.set(this.nameEnds.items, 1);
    const { items: names } = this.names;
    const items = yield* filled(new Uint32Array(names.length), (index) => {
      const term = names[index] as number;
      return term === NO_TERM ? NO_TERM : (places[term] as number);
    });
    return { offsets, items };
  }
}
