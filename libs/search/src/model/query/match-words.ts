import type { LiveSegment } from '../index/live-segment.js';
import { NO_TERM } from '../index/segment.js';
import { postingsOf, type TermRange } from './resolve-words.js';

const ADJACENT_BONUS = 6_000;

/**
 * Marks the products of a segment that answer every word: for those `answered` is the number of
 * words, and `scores` the sum of the best answer to each. Returns how many products were touched.
 *
 * It stays laid out until other words are asked for: the page, its facets and its total are of the same words. What
 * answers a word never changes in a segment; which products still hold is looked at by those who read it.
 */
export function matchWords(live: LiveSegment, words: readonly (readonly TermRange[])[]): number {
  const { answered, scores, lastScores, touched, matched } = live;
  if (matched !== undefined) {
    if (areSame(matched.words, words)) return matched.touchedCount;
    for (let index = 0; index < matched.touchedCount; index += 1) {
      answered[touched[index] as number] = 0;
    }
  }
  let touchedCount = 0;
  for (const [index, ranges] of byRarity(live, words).entries()) {
    for (const range of ranges) {
      const { products, impacts, start, end } = postingsOf(range, live.segment.postings);
      const { quality } = range;
      for (let at = start; at < end; at += 1) {
        const product = products[at] as number;
        const done = answered[product] as number;
        const score = (impacts[at] as number) * quality;
        if (done === index) {
          answered[product] = index + 1;
          lastScores[product] = score;
          if (index === 0) {
            touched[touchedCount++] = product;
            scores[product] = score;
          } else {
            scores[product] = (scores[product] as number) + score;
          }
        } else if (done === index + 1) {
          const before = lastScores[product] as number;
          if (score > before) {
            scores[product] = (scores[product] as number) + score - before;
            lastScores[product] = score;
          }
        }
      }
    }
  }
  live.matched = { words, touchedCount };
  return touchedCount;
}

function areSame(
  words: readonly (readonly TermRange[])[],
  others: readonly (readonly TermRange[])[],
): boolean {
  if (words.length !== others.length) return false;
  return words.every((ranges, index) => {
    const other = others[index] as readonly TermRange[];
    return ranges.length === other.length && ranges.every((range, at) => isSame(range, other[at]));
  });
}

/** Those of a synonym of several words are made for each search, and never taken for the same. */
function isSame(range: TermRange, other: TermRange | undefined): boolean {
  return (
    range.from === other?.from &&
    range.to === other.to &&
    range.quality === other.quality &&
    range.phrase === other.phrase
  );
}

/** The word that the fewest products answer first: only its products are looked at again. */
function byRarity(
  { segment: { postings } }: LiveSegment,
  words: readonly (readonly TermRange[])[],
): (readonly TermRange[])[] {
  const costs = new Map(
    words.map((ranges) => [
      ranges,
      ranges.reduce((sum, range) => {
        const { start, end } = postingsOf(range, postings);
        return sum + end - start;
      }, 0),
    ]),
  );
  return [...words].sort((one, other) => (costs.get(one) ?? 0) - (costs.get(other) ?? 0));
}

/**
 * Scores a product higher when what answers words stands side by side in its name as they do in the query. Every term that answers
 * counts, however many there are: which other terms a segment has changes no score.
 */
export class PhraseBonus {
  private readonly words: readonly Uint32Array[];

  constructor(
    private readonly live: LiveSegment,
    words: readonly (readonly TermRange[])[],
  ) {
    this.words = words.length < 2 ? [] : words.map(boundsOf);
  }

  of(product: number): number {
    if (this.words.length < 2) return 0;
    const { offsets, items } = this.live.segment.names;
    const end = offsets[product + 1] as number;
    let best = 0;
    let inName = 0;
    for (let at = offsets[product] as number; at < end; at += 1) {
      const term = items[at] as number;
      if (term === NO_TERM) {
        best = Math.max(best, inName);
        inName = 0;
      } else if (this.isPair(term, items[at + 1] as number)) inName += 1;
    }
    return Math.max(best, inName) * ADJACENT_BONUS;
  }

  private isPair(term: number, next: number): boolean {
    for (let word = 0; word + 1 < this.words.length; word += 1) {
      if (this.answers(term, word) && this.answers(next, word + 1)) return true;
    }
    return false;
  }

  private answers(term: number, word: number): boolean {
    const bounds = this.words[word] as Uint32Array;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bounds[middle] as number) <= term) low = middle + 1;
      else high = middle;
    }
    // Behind a beginning and not yet behind its end.
    return low % 2 === 1;
  }
}

/** Terms in one order: where a run of them begins, where it ends, where the next one begins, ... */
function boundsOf(ranges: readonly TermRange[]): Uint32Array {
  const bounds: number[] = [];
  const ascending = ranges
    .filter(({ from, to }) => to > from)
    .sort((one, other) => one.from - other.from);
  for (const { from, to } of ascending) {
    const end = bounds.at(-1);
    if (end !== undefined && from <= end) bounds[bounds.length - 1] = Math.max(end, to);
    else bounds.push(from, to);
  }
  return Uint32Array.from(bounds);
}
