import type { LiveSegment } from '../index/live-segment.js';
import { matchWords, PhraseBonus } from './match-words.js';
import type { TermRange } from './resolve-words.js';
import type { SearchPage, SearchSelection } from './search-query.js';
import { SegmentFilter } from './segment-filter.js';
import { sortOrderOf, type SortOrder } from './sort-order.js';

/** A product in a list, with what it is sorted by. */
export interface Placed {
  readonly id: string;
  readonly value: string | number;
}

/** The first products of a segment behind a position, at most `limit`, in the order of the list. */
export function selectPage(
  live: LiveSegment,
  words: readonly (readonly TermRange[])[],
  selection: SearchSelection,
  page: SearchPage,
): Placed[] {
  const filter = new SegmentFilter(live, selection);
  const count = matchWords(live, words);
  const order = sortOrderOf(live.segment, page, selection.currency);
  return order === undefined
    ? bestOf(live, count, filter, words, page)
    : walk(live, words.length, filter, order, page.limit);
}

/** Goes along an order that is there already, to the end of the page. */
function walk(
  live: LiveSegment,
  wordCount: number,
  filter: SegmentFilter,
  { order, start, step, valueOf }: SortOrder,
  limit: number,
): Placed[] {
  const placed: Placed[] = [];
  for (let at = start; at >= 0 && at < order.length && placed.length < limit; at += step) {
    const product = order[at] as number;
    if (wordCount > 0 && live.answered[product] !== wordCount) continue;
    if (filter.failedBy(product) !== 0) continue;
    placed.push({ id: live.segment.ids.at(product), value: valueOf(product) });
  }
  return placed;
}

/** Of two answers of the same score the newer product is first: ids grow with time. */
function bestOf(
  live: LiveSegment,
  count: number,
  filter: SegmentFilter,
  words: readonly (readonly TermRange[])[],
  { limit, after }: SearchPage,
): Placed[] {
  const { matches, scores, segment } = live;
  const phrases = new PhraseBonus(live, words);
  const below = typeof after?.value === 'number' ? after.value : Infinity;
  const belowRank = after === undefined ? 0 : segment.ids.lowerRank(after.id);
  const best = new BestProducts(limit, segment.ids.ranks);
  const mostPopular = highestLevel(live);
  // From the newest on: most of those with the same score then come after the last one that is kept.
  for (let index = count - 1; index >= 0; index -= 1) {
    const product = matches[index] as number;
    // Most are out of the question before anything else of them is looked at (as in MaxScore, Turtle and Flood 1995).
    const most = (scores[product] as number) + phrases.mostOf(product);
    if (best.isAhead(product, most + pointsOfLevel(mostPopular, most))) continue;
    if (filter.failedBy(product) !== 0) continue;
    const score = scoreOf(live, product, phrases);
    if (score < best.least || score > below) continue;
    if (score === below && (segment.ids.ranks[product] as number) >= belowRank) continue;
    best.offer(product, score);
  }
  return best.products.map((product, index) => ({
    id: segment.ids.at(product),
    value: best.scores[index] as number,
  }));
}

/** How many products of a segment a list by relevance has before a product with this score. */
export function countBefore(
  live: LiveSegment,
  words: readonly (readonly TermRange[])[],
  selection: SearchSelection,
  { score, id }: { readonly score: number; readonly id: string },
): number {
  const filter = new SegmentFilter(live, selection);
  const phrases = new PhraseBonus(live, words);
  const rank = live.segment.ids.lowerRank(id) + (live.segment.ids.find(id) === undefined ? 0 : 1);
  const matches = matchWords(live, words);
  let count = 0;
  for (let index = 0; index < matches; index += 1) {
    const product = live.matches[index] as number;
    if (filter.failedBy(product) !== 0) continue;
    const other = scoreOf(live, product, phrases);
    const isNewer = (live.segment.ids.ranks[product] as number) >= rank;
    if (other > score || (other === score && isNewer)) count += 1;
  }
  return count;
}

function scoreOf(live: LiveSegment, product: number, phrases: PhraseBonus): number {
  const points = (live.scores[product] as number) + phrases.of(product);
  return (
    points + popularityPoints(live, product, points) - unavailableDeduction(live, product, points)
  );
}

/** A tenth more for what is of the highest level of popularity: less than lies between a word and its stem. */
export function popularityPoints(
  { segment }: LiveSegment,
  product: number,
  points: number,
): number {
  return pointsOfLevel(segment.popularity.values[product] as number, points);
}

function pointsOfLevel(level: number, points: number): number {
  return Math.floor((points * level) / 150);
}

/** Of the popularity of all products, those that have gone included. */
function highestLevel({ segment: { popularity } }: LiveSegment): number {
  const last = popularity.order.at(-1);
  return last === undefined ? 0 : (popularity.values[last] as number);
}

/** What cannot be had scores a fifth less. */
export function unavailableDeduction(live: LiveSegment, product: number, points: number): number {
  return live.segment.availability[product] === 0 ? Math.floor(points / 5) : 0;
}

/** The products with the highest scores so far, highest first. */
class BestProducts {
  readonly products: number[] = [];
  readonly scores: number[] = [];
  /** What scores less is none of them. */
  least = 0;

  constructor(
    private readonly limit: number,
    private readonly ranks: Uint32Array,
  ) {}

  /** Whether each of them comes before the product, if it scores so much at most. */
  isAhead(product: number, most: number): boolean {
    if (most < this.least) return true;
    // Below the limit `least` is 0, which something that matches scores too.
    return most === this.least && this.isFull && !this.isBehind(this.limit - 1, product, most);
  }

  private get isFull(): boolean {
    return this.products.length === this.limit;
  }

  offer(product: number, score: number): void {
    const { products, scores, limit } = this;
    if (this.isFull && !this.isBehind(limit - 1, product, score)) return;
    let low = 0;
    let high = products.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isBehind(middle, product, score)) high = middle;
      else low = middle + 1;
    }
    products.splice(low, 0, product);
    scores.splice(low, 0, score);
    if (products.length > limit) {
      products.pop();
      scores.pop();
    }
    if (this.isFull) this.least = scores[limit - 1] as number;
  }

  /** What is at `place` comes after the product. */
  private isBehind(place: number, product: number, score: number): boolean {
    const other = this.scores[place] as number;
    if (other !== score) return other < score;
    const rank = this.ranks[this.products[place] as number] as number;
    return rank < (this.ranks[product] as number);
  }
}
