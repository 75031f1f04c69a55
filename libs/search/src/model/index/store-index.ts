import { explainProduct, type ExplainedProduct } from '../query/explain-product.js';
import {
  attributeRanges,
  FacetCounter,
  noCounts,
  type FacetCounts,
} from '../query/count-facets.js';
import { likelyTerms } from '../query/likely-terms.js';
import { matchWords } from '../query/match-words.js';
import {
  isAnswered,
  resolveWords,
  type ResolvedWords,
  type TermRange,
} from '../query/resolve-words.js';
import type {
  PagePosition,
  QueryWord,
  SearchPage,
  SearchSelection,
} from '../query/search-query.js';
import { PriceSpread } from '../query/price-spread.js';
import { SegmentFilter } from '../query/segment-filter.js';
import { countBefore, selectPage, type Placed } from '../query/select-page.js';
import { comparePlaced } from '../query/sort-order.js';
import type { Language } from '../text/language.js';
import type { IndexedProduct } from './indexed-product.js';
import { LiveSegment, type FrozenSegment } from './live-segment.js';
import { mergeSegments } from './merge-segments.js';
import { mergeable } from './mergeable.js';
import { SegmentBuilder } from './segment-builder.js';

export interface ProductPage {
  readonly ids: readonly string[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: PagePosition | undefined;
}

export interface PlacedExplanation extends ExplainedProduct {
  /** In the list by relevance, from 1 on; undefined when it is not in it. */
  readonly place: number | undefined;
}

/** Work that gives the event loop back between its steps. */
export type Stepwise<Result> = Generator<undefined, Result>;

/**
 * The published products of one store. It consists of segments, oldest and largest first; a product that
 * changes is buried where it is and comes into a new segment. Small segments are merged, so there are
 * few of them. A change is prepared in steps and takes effect in one, so a search sees all of it or nothing.
 */
export class StoreIndex {
  private segments: readonly LiveSegment[];

  /** `frozen`: as another index of the same languages has said of itself. */
  constructor(
    private readonly languages: readonly Language[],
    frozen: readonly FrozenSegment[] = [],
  ) {
    this.segments = frozen.map(({ segment, alive }) => new LiveSegment(segment, alive));
  }

  get size(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0);
  }

  get bytes(): number {
    return this.segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get segmentCount(): number {
    return this.segments.length;
  }

  /** What it consists of now; later changes leave that as it is. */
  frozen(): FrozenSegment[] {
    return this.segments.map((live) => live.frozen());
  }

  holds(id: string): boolean {
    return this.segments.some((live) => live.holds(id));
  }

  /**
   * What `products` say holds for them from now on, and nothing of the `ids` that have none. Searches and
   * one `tidy` may be under way, but no other change.
   */
  *change(ids: Iterable<string>, products: readonly IndexedProduct[]): Stepwise<void> {
    const builder = new SegmentBuilder(this.languages);
    for (const product of products) {
      builder.add(product);
      yield;
    }
    yield* this.changeTo(ids, builder);
  }

  /** The same with products that were added to a builder one by one. */
  *changeTo(ids: Iterable<string>, builder: SegmentBuilder): Stepwise<void> {
    const fresh = builder.size === 0 ? undefined : new LiveSegment(yield* builder.finish());
    for (const id of ids) this.bury(id);
    const kept = this.segments.filter(({ size }) => size > 0);
    this.segments = fresh === undefined ? kept : [...kept, fresh];
  }

  /** Merges what has become small or hollow; what changes meanwhile is not lost. */
  *tidy(): Stepwise<void> {
    const merged = mergeable(this.segments);
    if (merged.length > 0) yield* this.merge(merged);
  }

  /** Makes one segment of all, when an index has been loaded. */
  *compact(): Stepwise<void> {
    if (this.segments.length > 1) yield* this.merge(this.segments);
  }

  page(selection: SearchSelection, page: SearchPage): ProductPage {
    const { sort, limit } = page;
    const found = this.placed(selection, { ...page, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      ids: shown.map(({ id }) => id),
      next: last === undefined ? undefined : { sort, ...last },
    };
  }

  /** The first products with what they are sorted by. */
  placed(selection: SearchSelection, page: SearchPage): Placed[] {
    const found = this.answer(
      selection,
      (words) => this.placedFor(words, selection, page),
      (placed) => placed.length > 0,
    );
    return found.slice(0, page.limit);
  }

  /** How many products a list of the selection has. */
  total(selection: SearchSelection): number {
    return this.answer(
      selection,
      (words) => this.count(words, selection),
      (total) => total > 0,
    );
  }

  /** Whether a product has the word as it is, whatever else it has. */
  hasWord(word: QueryWord, languageCode: string | undefined): boolean {
    return isAnswered(this.segments, word, languageCode);
  }

  /** What may have been meant with a word, likeliest first: other terms that products have. */
  likelyTerms(word: QueryWord, limit: number): string[] {
    return likelyTerms(this.segments, word, limit);
  }

  /** Why a product is where it is in a list by relevance; undefined when it is not there. `source`: as it was indexed. */
  explain(
    selection: SearchSelection,
    source: Pick<IndexedProduct, 'id' | 'texts'>,
  ): PlacedExplanation | undefined {
    const at = this.segments.findIndex((live) => live.holds(source.id));
    if (at < 0) return undefined;
    const words = this.answer(
      selection,
      (resolved) => resolved,
      (resolved) => this.count(resolved, selection) > 0,
    );
    // When no product answers one of the words, the others are still explained.
    const ranges = words[at] ?? selection.words.map((word) => this.rangesOf(word, selection, at));
    const explained = explainProduct(this.at(at), ranges, selection, source);
    const isListed = explained.droppedBy.length === 0 && selection.words.length > 0;
    if (!isListed) return { ...explained, place: undefined };
    const before = words.map((own, index) =>
      countBefore(this.at(index), own, selection, explained),
    );
    return { ...explained, place: 1 + before.reduce((sum, count) => sum + count, 0) };
  }

  facets(selection: SearchSelection): FacetCounts {
    const hasProducts = ({ total }: FacetCounts): boolean => total > 0;
    return this.answer(selection, (words) => this.counts(words, selection), hasProducts);
  }

  /**
   * What `work` makes of the words as they are. When there are products for each word but none for
   * all, whatever they are filtered by, typing errors are looked for in all words.
   */
  private answer<Result>(
    selection: SearchSelection,
    work: (words: ResolvedWords) => Result,
    isFound: (result: Result) => boolean,
  ): Result {
    const exact = resolveWords(this.segments, selection, false);
    const result = work(exact ?? []);
    const isSettled = exact === undefined || selection.words.length < 2 || isFound(result);
    if (isSettled || this.isAnswered(exact)) return result;
    return work(resolveWords(this.segments, selection, true) ?? []);
  }

  private placedFor(words: ResolvedWords, selection: SearchSelection, page: SearchPage): Placed[] {
    return words
      .flatMap((own, index) => selectPage(this.at(index), own, selection, page))
      .sort((one, other) => comparePlaced(page.sort, one, other));
  }

  private count(words: ResolvedWords, selection: SearchSelection): number {
    let total = 0;
    for (const [index, own] of words.entries()) {
      const filter = new SegmentFilter(this.at(index), selection);
      this.forEachMatch(this.at(index), own, (product) => {
        if (filter.failedBy(product) === 0) total += 1;
      });
    }
    return total;
  }

  private counts(words: ResolvedWords, selection: SearchSelection): FacetCounts {
    const counts = noCounts();
    const spread = new PriceSpread();
    const counters: FacetCounter[] = [];
    for (const [index, own] of words.entries()) {
      const live = this.at(index);
      const counter = new FacetCounter(live, new SegmentFilter(live, selection), spread);
      this.forEachMatch(live, own, (product) => counter.count(product));
      counter.addTo(counts);
      counters.push(counter);
    }
    return Object.assign(counts, spread.span, {
      priceRanges: spread.ranges(),
      attributeRanges: attributeRanges(counters),
    });
  }

  private rangesOf(
    word: QueryWord,
    { languageCode }: SearchSelection,
    at: number,
  ): readonly TermRange[] {
    return resolveWords(this.segments, { words: [word], languageCode }, false)?.[at]?.[0] ?? [];
  }

  private *merge(merged: readonly LiveSegment[]): Stepwise<void> {
    const sources = merged.map(({ segment, alive }) => ({ segment, alive: alive.slice() }));
    const made = new LiveSegment(yield* mergeSegments(sources, this.languages));
    for (const [index, { segment, alive }] of merged.entries()) {
      for (let product = 0; product < alive.length; product += 1) {
        const hasGone = sources[index]?.alive[product] === 1 && alive[product] === 0;
        if (hasGone) made.bury(segment.ids.at(product));
      }
    }
    // All of them may have been emptied, and left out, meanwhile.
    const first = this.segments.findIndex((live) => merged.includes(live));
    const before = first < 0 ? this.segments : this.segments.slice(0, first);
    const after = first < 0 ? [] : this.segments.slice(first);
    const isKept = (live: LiveSegment): boolean => !merged.includes(live);
    this.segments = [...before, ...(made.size > 0 ? [made] : []), ...after.filter(isKept)];
  }

  private at(index: number): LiveSegment {
    return this.segments[index] as LiveSegment;
  }

  private isAnswered(words: ResolvedWords): boolean {
    return this.segments.some((live, index) => {
      let isFound = false;
      this.forEachMatch(live, words[index] ?? [], (product) => {
        isFound ||= live.alive[product] === 1;
      });
      return isFound;
    });
  }

  private forEachMatch(
    live: LiveSegment,
    words: ResolvedWords[number],
    visit: (product: number) => void,
  ): void {
    if (words.length === 0) {
      for (let product = 0; product < live.alive.length; product += 1) visit(product);
      return;
    }
    const touched = matchWords(live, words);
    for (let index = 0; index < touched; index += 1) {
      const product = live.touched[index] as number;
      if (live.answered[product] === words.length) visit(product);
    }
  }

  private bury(id: string): void {
    for (const live of this.segments) if (live.bury(id)) return;
  }
}
