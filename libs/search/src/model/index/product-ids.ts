import { inSteps } from './in-steps.js';
import { sorted } from './stepwise-sort.js';

/** Numbers of an id. */
export const ID_WORDS = 4;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const DIGITS = '0123456789abcdef';
/** The id that is being written: made of one text, it takes less time and memory than of several. */
const text = Buffer.from('00000000-0000-0000-0000-000000000000', 'latin1');

/** An id as four numbers of 32 bits that compare as the text does. */
type Packed = readonly [number, number, number, number];

/** The ids of the products of a segment, 16 bytes each, with their order. */
export class ProductIds {
  private constructor(
    readonly words: Uint32Array,
    /** Products by id. */
    readonly order: Uint32Array,
    /** The place of each product in that order: compares ids as numbers. */
    readonly ranks: Uint32Array,
  ) {}

  /**
   * In steps. `runs`: all products, in an order in which they may be sorted already. Throws a `TypeError` for what is no UUID in
   * lower case.
   */
  static *of(ids: readonly string[], runs: Uint32Array): Generator<undefined, ProductIds> {
    const words = new Uint32Array(ids.length * ID_WORDS);
    yield* inSteps(ids.length, (index) => {
      const id = ids[index] as string;
      if (!UUID.test(id)) throw new TypeError('the id of a product is a UUID in lower case');
      words.set(packed(id), index * ID_WORDS);
    });
    const order = yield* sorted(runs, (one, other) => compare(words, one, words, other));
    const ranks = new Uint32Array(ids.length);
    let isInOrder = true;
    yield* inSteps(order.length, (rank) => {
      const product = order[rank] as number;
      ranks[product] = rank;
      if (product !== rank) isInOrder = false;
    });
    // As a store is loaded: they are the same then, and one is enough.
    return new ProductIds(words, order, isInOrder ? order : ranks);
  }

  /** What has been packed and ordered before. */
  static from(words: Uint32Array, order: Uint32Array, ranks: Uint32Array): ProductIds {
    return new ProductIds(words, order, ranks);
  }

  get length(): number {
    return this.order.length;
  }

  at(product: number): string {
    const { words } = this;
    let at = 0;
    for (let word = product * ID_WORDS; word < (product + 1) * ID_WORDS; word += 1) {
      const number = words[word] as number;
      for (let shift = 28; shift >= 0; shift -= 4) {
        // The hyphens are there already.
        if (at === 8 || at === 13 || at === 18 || at === 23) at += 1;
        text[at++] = DIGITS.charCodeAt((number >>> shift) & 0xf);
      }
    }
    return text.toString('latin1');
  }

  find(id: string): number | undefined {
    if (!UUID.test(id)) return undefined;
    const wanted = Uint32Array.from(packed(id));
    const product = this.order[this.rankOf(wanted)];
    if (product === undefined) return undefined;
    return compare(this.words, product, wanted, 0) === 0 ? product : undefined;
  }

  /** How many ids come before this one. */
  lowerRank(id: string): number {
    return this.rankOf(Uint32Array.from(packed(id)));
  }

  private rankOf(wanted: Uint32Array): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.words, this.order[middle] as number, wanted, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function packed(id: string): Packed {
  return [
    Number.parseInt(id.slice(0, 8), 16),
    Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16),
    Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16),
    Number.parseInt(id.slice(28), 16),
  ];
}

function compare(one: Uint32Array, at: number, other: Uint32Array, otherAt: number): number {
  for (let word = 0; word < ID_WORDS; word += 1) {
    const difference =
      (one[at * ID_WORDS + word] as number) - (other[otherAt * ID_WORDS + word] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
