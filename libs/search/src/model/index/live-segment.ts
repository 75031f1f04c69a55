import { CATEGORY_BYTES, CategoryPostings } from '../query/category-postings.js';
import { RememberedSpellings } from '../query/remembered-spellings.js';
import type { TermRange } from '../query/resolve-words.js';
import { bytesOf, type Segment } from './segment.js';

/** What `matchWords` has laid out in a segment. */
interface Matched {
  readonly words: readonly (readonly TermRange[])[];
  /** How many of `matches` they are. */
  readonly count: number;
}

/** A segment with which of its products still held at a moment: neither of them changes any more. */
export interface FrozenSegment {
  readonly segment: Segment;
  /** As {@link LiveSegment.alive}. */
  readonly alive: Uint8Array;
}

/** A segment with what changes: which of its products still hold, and room for one search at a time. */
export class LiveSegment {
  /** 1 for each product that holds; 0 for one that has gone or is newer in another segment. */
  readonly alive: Uint8Array;
  /** How many words of the last search a product answers: all of them or, where it does not answer one, none. */
  readonly answered: Uint8Array;
  /** What it scores in the last search; means nothing where `answered` is 0. */
  readonly scores: Uint32Array;
  /** Its best score for the last word it answered, of those behind the first: at most 25,500 (an impact times a quality). */
  readonly lastScores: Uint16Array;
  /** The products that answer them. */
  readonly matches: Uint32Array;
  /** What the four above are of; undefined before the first search. */
  matched: Matched | undefined;
  readonly spellings: RememberedSpellings;
  readonly categories: CategoryPostings;
  /** What its arrays take, with those of the categories. */
  readonly bytes: number;
  private aliveProducts: number;

  /** All of its products hold unless `alive` says which do. */
  constructor(
    readonly segment: Segment,
    alive?: Uint8Array,
  ) {
    const { length } = segment.ids;
    this.alive = alive?.slice() ?? new Uint8Array(length).fill(1);
    this.answered = new Uint8Array(length);
    this.scores = new Uint32Array(length);
    this.lastScores = new Uint16Array(length);
    this.matches = new Uint32Array(length);
    this.spellings = new RememberedSpellings(segment);
    this.categories = new CategoryPostings(segment);
    this.bytes = bytesOf(segment) + length * (1 + 1 + 4 + 2 + 4 + CATEGORY_BYTES);
    let aliveProducts = 0;
    for (const one of this.alive) aliveProducts += one;
    this.aliveProducts = aliveProducts;
  }

  get size(): number {
    return this.aliveProducts;
  }

  frozen(): FrozenSegment {
    return { segment: this.segment, alive: this.alive.slice() };
  }

  /** Where the product is, if it holds. */
  placeOf(id: string): number | undefined {
    const product = this.segment.ids.find(id);
    return product !== undefined && this.alive[product] === 1 ? product : undefined;
  }

  /** The product has gone. */
  bury(product: number): void {
    if (this.alive[product] === 0) return;
    this.alive[product] = 0;
    this.aliveProducts -= 1;
  }

  holds(id: string): boolean {
    return this.placeOf(id) !== undefined;
  }
}
