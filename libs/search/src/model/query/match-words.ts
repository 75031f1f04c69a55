import type { LiveSegment } from '../index/live-segment.js';
import { NO_TERM } from '../index/segment.js';
import { postingsOf, type TermRange } from './resolve-words.js';

const ADJACENT_BONUS = 6_000;

/** Looking one product up costs about as much as passing over so many others. */
const SEEK_COST = 8;

/** The first `count` of `products`, or of all products of the segment where that is undefined. */
export interface Matches {
  readonly products: Uint32Array | undefined;
  readonly count: number;
}

/** Part of the postings of a segment, ascending by product unless it is of several terms. */
interface Run {
  readonly products: Uint32Array;
  readonly impacts: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the products of a segment that answer every word: they are in `matches`, and `scores` has the sum of the best answer to
 * each word. Returns how many they are.
 *
 * It stays laid out until other words are asked for: the page, its facets and its total are of the same words. What
 * answers a word never changes in a segment; which products still hold is looked at by those who read it.
 */
export function matchWords(live: LiveSegment, words: readonly (readonly TermRange[])[]): number {
  if (live.matched !== undefined) {
    if (areSame(live.matched.words, words)) return live.matched.count;
    const { answered, matches } = live;
    for (let index = 0; index < live.matched.count; index += 1) {
      answered[matches[index] as number] = 0;
    }
  }
  const [rarest = [], ...others] = byRarity(live, words);
  let count = matchFirst(live, rarest);
  for (const [index, ranges] of others.entries()) {
    for (const range of ranges) matchAgain(live, range, index + 1, count);
    count = keepAnswered(live, index + 2, count);
  }
  live.matched = { words, count };
  return count;
}

function matchFirst(live: LiveSegment, ranges: readonly TermRange[]): number {
  const { answered, scores, matches, segment } = live;
  let count = 0;
  for (const range of ranges) {
    const { products, impacts, start, end } = postingsOf(range, segment.postings);
    for (let at = start; at < end; at += 1) {
      const product = products[at] as number;
      const score = (impacts[at] as number) * range.quality;
      if (answered[product] === 0) {
        answered[product] = 1;
        matches[count++] = product;
      } else if (score <= (scores[product] as number)) continue;
      scores[product] = score;
    }
  }
  return count;
}

/** Marks those of the matches that a range answers too: their `answered` becomes `before` plus 1. */
function matchAgain(live: LiveSegment, range: TermRange, before: number, count: number): void {
  const { postings } = live.segment;
  const run = postingsOf(range, postings);
  const { from, to, quality, phrase } = range;
  const terms = phrase === undefined ? to - from : 1;
  if (count * terms * SEEK_COST > run.end - run.start) scan(live, run, quality, before);
  else if (terms === 1) seek(live, run, quality, before, count);
  else {
    for (let term = from; term < to; term += 1) {
      const [start, end] = [postings.offsets[term] as number, postings.offsets[term + 1] as number];
      seek(live, { ...run, start, end }, quality, before, count);
    }
  }
}

/** Goes through the postings. */
function scan(
  live: LiveSegment,
  { products, impacts, start, end }: Run,
  quality: number,
  before: number,
): void {
  const { answered } = live;
  for (let at = start; at < end; at += 1) {
    const product = products[at] as number;
    if ((answered[product] as number) >= before) {
      note(live, product, before, (impacts[at] as number) * quality);
    }
  }
}

/**
 * Looks the matches up in the postings of one term, each from where the one before it was, in steps that double (galloping search, Bentley and Yao
 * 1976): they consist of few ascending runs.
 */
function seek(
  live: LiveSegment,
  { products, impacts, start, end }: Run,
  quality: number,
  before: number,
  count: number,
): void {
  const { matches } = live;
  let at = start;
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    const product = matches[index] as number;
    if (product < last) at = start;
    last = product;
    let step = 1;
    while (at + step < end && (products[at + step] as number) < product) {
      at += step;
      step *= 2;
    }
    let high = Math.min(at + step, end);
    while (at < high) {
      const middle = (at + high) >>> 1;
      if ((products[middle] as number) < product) at = middle + 1;
      else high = middle;
    }
    if (at < end && products[at] === product) {
      note(live, product, before, (impacts[at] as number) * quality);
    }
  }
}

/** A match is answered once more, or better by another term than by the one before. */
function note(
  { answered, scores, lastScores }: LiveSegment,
  product: number,
  before: number,
  score: number,
): void {
  if (answered[product] === before) {
    answered[product] = before + 1;
    scores[product] = (scores[product] as number) + score;
    lastScores[product] = score;
  } else if (score > (lastScores[product] as number)) {
    scores[product] = (scores[product] as number) + score - (lastScores[product] as number);
    lastScores[product] = score;
  }
}

/** Leaves only the matches that have answered so many words, in their order; says how many they are. */
function keepAnswered(live: LiveSegment, words: number, count: number): number {
  const { answered, matches } = live;
  let kept = 0;
  for (let index = 0; index < count; index += 1) {
    const product = matches[index] as number;
    if (answered[product] === words) matches[kept++] = product;
    else answered[product] = 0;
  }
  return kept;
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

  /** `of` says no more than this, which takes no look at the name. */
  mostOf(product: number): number {
    if (this.words.length < 2) return 0;
    const { offsets } = this.live.segment.names;
    const terms = (offsets[product + 1] as number) - (offsets[product] as number);
    return Math.max(0, terms - 1) * ADJACENT_BONUS;
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
    // Most terms are outside of all of them.
    if (high === 0 || term < (bounds[0] as number) || term >= (bounds[high - 1] as number)) {
      return false;
    }
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
