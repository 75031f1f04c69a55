import { weightOf } from '../index/analysed-product.js';
import type { Segment } from '../index/segment.js';
import type { PhrasePostings } from './phrase-postings.js';

/** What it takes for each product, once a category was asked for. */
export const CATEGORY_BYTES = 5;

/**
 * The products of each category of a segment, as if its name stood in them: what a category is called is in no segment, so
 * nothing has to be indexed anew when a name changes. Sorted out once, when a category is first asked for.
 */
export class CategoryPostings {
  private known: ReadonlyMap<string, PhrasePostings> | undefined;

  constructor(private readonly segment: Segment) {}

  /** The same object each time; undefined when none of the products is in it. */
  of(categoryId: string): PhrasePostings | undefined {
    this.known ??= sortedOut(this.segment);
    return this.known.get(categoryId);
  }
}

function sortedOut({ categories: { values, ordinals } }: Segment): Map<string, PhrasePostings> {
  // Of an ordinal the products begin where those of the ones before it end.
  const starts = new Uint32Array(values.length + 2);
  for (const ordinal of ordinals) starts[ordinal + 1] = (starts[ordinal + 1] as number) + 1;
  for (let at = 1; at < starts.length; at += 1) {
    starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  }
  const next = starts.slice();
  const products = new Uint32Array(ordinals.length);
  for (let product = 0; product < ordinals.length; product += 1) {
    const ordinal = ordinals[product] as number;
    const place = next[ordinal] as number;
    products[place] = product;
    next[ordinal] = place + 1;
  }
  const impacts = new Uint8Array(ordinals.length).fill(weightOf('category', 1));
  return new Map(
    values.map((text, value) => {
      const own = products.subarray(starts[value + 1], starts[value + 2]);
      return [text, { text, products: own, impacts: impacts.subarray(0, own.length) }];
    }),
  );
}
