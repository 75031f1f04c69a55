import { placeOf, type Segment } from '../index/segment.js';

/** The products that have all words of a synonym, and how well each answers it. */
export interface PhrasePostings {
  readonly text: string;
  /** Ascending. */
  readonly products: Uint32Array;
  readonly impacts: Uint8Array;
}

/** Where a term has its postings. */
interface PostingList {
  readonly start: number;
  readonly end: number;
}

const NO_POSTINGS: PostingList = { start: 0, end: 0 };

/**
 * The products that have every term of a phrase; each answers it as well as the term it answers worst.
 * Undefined when there are none. The products of the rarest term are looked up in the lists of the others, so a
 * phrase with a word that every product has costs no more than its rarest word.
 */
export function phrasePostings(
  { terms, postings: { offsets, products, impacts } }: Segment,
  phrase: readonly string[],
): PhrasePostings | undefined {
  const lists: PostingList[] = [];
  for (const text of phrase) {
    const term = terms.find(text);
    if (term === undefined) return undefined;
    lists.push({ start: offsets[term] as number, end: offsets[term + 1] as number });
  }
  const [rarest = NO_POSTINGS, ...others] = lists.sort(
    (one, other) => lengthOf(one) - lengthOf(other),
  );
  const found: number[] = [];
  const worst: number[] = [];
  for (let at = rarest.start; at < rarest.end; at += 1) {
    const product = products[at] as number;
    let impact = impacts[at] as number;
    const hasAll = others.every(({ start, end }) => {
      const place = placeOf(product, products, start, end);
      if (place !== undefined) impact = Math.min(impact, impacts[place] as number);
      return place !== undefined;
    });
    if (!hasAll) continue;
    found.push(product);
    worst.push(impact);
  }
  if (found.length === 0) return undefined;
  return {
    text: phrase.join(' '),
    products: Uint32Array.from(found),
    impacts: Uint8Array.from(worst),
  };
}

function lengthOf({ start, end }: PostingList): number {
  return end - start;
}
