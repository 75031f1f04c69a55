import type { Language } from '../text/language.js';
import { analyse } from './analysed-product.js';
import { dayOf } from './calendar-day.js';
import { columnsOf } from './column-rows.js';
import { numberLists, sortNameOf } from './columns.js';
import { availabilities, type IndexedProduct } from './indexed-product.js';
import { PackedStrings } from './packed-strings.js';
import {
  NO_TERM,
  type NumberLists,
  type Postings,
  type Segment,
  type StemGroups,
} from './segment.js';
import { stemGroups } from './stem-groups.js';
import { termLetters } from './term-letters.js';

const ITEMS_PER_STEP = 50_000;

/** Makes a segment of products that are given one by one, each id once, in any order. */
export class SegmentBuilder {
  private readonly products: IndexedProduct[] = [];
  private readonly numbers = new Map<string, number>();
  /** Numbers of terms as they came. */
  private readonly names: number[][] = [];
  private readonly terms: number[] = [];
  private readonly owners: number[] = [];
  private readonly impacts: number[] = [];

  constructor(private readonly languages: readonly Language[]) {}

  get size(): number {
    return this.products.length;
  }

  add({ texts, ...product }: IndexedProduct): void {
    const owner = this.products.length;
    const { impacts, names } = analyse({ texts });
    for (const [term, impact] of impacts) {
      this.terms.push(this.numberOf(term));
      this.owners.push(owner);
      this.impacts.push(impact);
    }
    this.names.push(
      names.flatMap((words) => [...words.map((word) => this.numberOf(word)), NO_TERM]),
    );
    // The texts are in the postings now and need no longer be held.
    this.products.push({ ...product, texts: [] });
  }

  /** The segment, in steps of a few milliseconds. Nothing may be added any more. */
  *finish(): Generator<undefined, Segment> {
    const sorted = [...this.numbers.keys()].sort();
    yield;
    const terms = PackedStrings.of(sorted);
    const places = new Uint32Array(sorted.length);
    for (const [place, term] of sorted.entries()) places[this.numbers.get(term) ?? 0] = place;
    yield;
    const stems = new Map<string, StemGroups>();
    for (const language of this.languages) {
      stems.set(language.code, yield* stemGroups(terms, language));
    }
    const postings = yield* this.postings(places);
    const columns = yield* columnsOf(this.rows(), {
      createdAt: this.all(),
      prices: () => this.all(),
      sortNames: () => this.all(),
    });
    const letters = yield* termLetters(terms);
    return { ...columns, terms, letters, postings, stems, names: this.nameLists(places) };
  }

  private numberOf(term: string): number {
    const known = this.numbers.get(term);
    if (known !== undefined) return known;
    this.numbers.set(term, this.numbers.size);
    return this.numbers.size - 1;
  }

  /** Sorts by counting, so products stay in their order under each term. */
  private *postings(places: Uint32Array): Generator<undefined, Postings> {
    const offsets = new Uint32Array(places.length + 1);
    for (const term of this.terms) {
      const place = (places[term] as number) + 1;
      offsets[place] = (offsets[place] as number) + 1;
    }
    for (let place = 1; place < offsets.length; place += 1) {
      offsets[place] = (offsets[place] as number) + (offsets[place - 1] as number);
    }
    yield;
    const next = offsets.slice();
    const products = new Uint32Array(this.terms.length);
    const impacts = new Uint8Array(this.terms.length);
    for (const [index, term] of this.terms.entries()) {
      if (index % ITEMS_PER_STEP === 0) yield;
      const place = places[term] as number;
      const free = next[place] as number;
      next[place] = free + 1;
      products[free] = this.owners[index] as number;
      impacts[free] = this.impacts[index] as number;
    }
    return { offsets, products, impacts };
  }

  private nameLists(places: Uint32Array): NumberLists {
    const placed = (term: number): number =>
      term === NO_TERM ? NO_TERM : (places[term] as number);
    return numberLists(this.names.map((terms) => terms.map(placed)));
  }

  private rows() {
    const { products } = this;
    const keysOf = (part: 'prices' | 'names'): string[] => [
      ...new Set(products.flatMap((each) => Object.keys(each[part]))),
    ];
    return {
      ids: products.map(({ id }) => id),
      brands: products.map(({ brand }) => brand),
      categories: products.map(({ categoryId }) => categoryId),
      attributes: products.map(({ attributes }) => attributes),
      prices: new Map(
        keysOf('prices').map((currency) => [
          currency,
          products.map(({ prices }) => prices[currency] ?? []),
        ]),
      ),
      sortNames: new Map(
        keysOf('names').map((locale) => [
          locale,
          products.map(({ names }) => sortNameOf(names[locale] ?? '')),
        ]),
      ),
      createdAt: products.map(({ createdAt }) => createdAt),
      publishedDays: products.map(({ publishedAt }) => dayOf(publishedAt)),
      availability: products.map(({ availability }) => availabilities.indexOf(availability)),
    };
  }

  private all(): number[] {
    return [...this.products.keys()];
  }
}
