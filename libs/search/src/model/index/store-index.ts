import { explainProduct, type ExplainedProduct } from '../query/explain-product.js';
import {
  attributeRanges,
  FacetCounter,
  noCounts,
  priceRanges,
  type FacetCounts,
} from '../query/count-facets.js';
import { likelyTerms } from '../query/likely-terms.js';
import { matchWords, type Matches } from '../query/match-words.js';
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
import { buryIn, gravesOf } from './graves.js';
import { LiveSegment, type FrozenSegment } from './live-segment.js';
import { mergeable } from './mergeable.js';
import { PendingMerge } from './pending-merge.js';
import { SegmentBuilder } from './segment-builder.js';
import type { Segment } from './segment.js';

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
  /** What answers words that were asked for since it changed last: a page and its facets ask for the same. */
  private resolved = new WeakMap<readonly QueryWord[], ResolvedWords>();

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
   * one merge may be under way, but no other change.
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
    const graves = yield* gravesOf([...ids], () => this.segments);
    buryIn(this.segments, graves);
    const kept = this.segments.filter(({ size }) => size > 0);
    this.become(fresh === undefined ? kept : [...kept, fresh]);
  }

  /** The merge of what has become small or hollow; undefined when there is none to be done. */
  dueMerge(): PendingMerge | undefined {
    const merged = mergeable(this.segments);
    return merged.length === 0 ? undefined : new PendingMerge(merged, this.languages);
  }

  /** The merge of all segments into one, when an index has been loaded. */
  wholeMerge(): PendingMerge | undefined {
    return this.segments.length < 2 ? undefined : new PendingMerge(this.segments, this.languages);
  }

  /** Takes over what was merged. Only one merge may have been under way; what has changed meanwhile holds. */
  finishMerge(merge: PendingMerge, made: Segment): void {
    this.become(merge.replacedIn(this.segments, made));
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
    return this.wordsOf(selection)
      .flatMap((words, index) => selectPage(this.at(index), words, selection, page))
      .sort((one, other) => comparePlaced(page.sort, one, other))
      .slice(0, page.limit);
  }

  /** How many products a list of the selection has. */
  total(selection: SearchSelection): number {
    return this.countOf(this.wordsOf(selection), selection);
  }

  /** The same without looking for typing errors in words that products have. */
  totalAsWritten(selection: SearchSelection): number {
    return this.countOf(resolveWords(this.segments, selection, false) ?? [], selection);
  }

  /** Whether a product has the word as it is, whatever else it has. */
  hasWord(word: QueryWord, languageCode: string | undefined): boolean {
    return isAnswered(this.segments, word, languageCode);
  }

  /** What may have been meant with a word, likeliest first: other terms that products have. */
  likelyTerms(word: QueryWord, limit: number, stopWords: ReadonlySet<string>): string[] {
    return likelyTerms(this.segments, word, limit, stopWords);
  }

  /** Why a product is where it is in a list by relevance; undefined when it is not there. `source`: as it was indexed. */
  explain(
    selection: SearchSelection,
    source: Pick<IndexedProduct, 'id' | 'texts'>,
  ): PlacedExplanation | undefined {
    const at = this.segments.findIndex((live) => live.holds(source.id));
    if (at < 0) return undefined;
    const words = this.wordsOf(selection);
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
    const counts = noCounts();
    const spread = new PriceSpread();
    const counters: FacetCounter[] = [];
    for (const [index, words] of this.wordsOf(selection).entries()) {
      const live = this.at(index);
      const matches = matchesOf(live, words);
      if (matches.count === 0) continue;
      const counter = new FacetCounter(live, new SegmentFilter(live, selection), spread);
      counter.count(matches);
      counter.addTo(counts);
      counters.push(counter);
    }
    return Object.assign(counts, spread.span, {
      priceRanges: priceRanges(counters, spread),
      attributeRanges: attributeRanges(counters),
    });
  }

  /**
   * What answers the words of a selection as they are. When products have each of them but none has all, whatever they are
   * filtered by, typing errors are looked for in all words.
   */
  private wordsOf(selection: SearchSelection): ResolvedWords {
    const resolved = this.resolved.get(selection.words) ?? this.resolve(selection);
    this.resolved.set(selection.words, resolved);
    return resolved;
  }

  private resolve(selection: SearchSelection): ResolvedWords {
    const exact = resolveWords(this.segments, selection, false);
    if (exact === undefined) return [];
    if (selection.words.length < 2 || this.isAnswered(exact)) return exact;
    return resolveWords(this.segments, selection, true) ?? [];
  }

  private rangesOf(
    word: QueryWord,
    { languageCode }: SearchSelection,
    at: number,
  ): readonly TermRange[] {
    return resolveWords(this.segments, { words: [word], languageCode }, false)?.[at]?.[0] ?? [];
  }

  private countOf(words: ResolvedWords, selection: SearchSelection): number {
    let count = 0;
    for (const [index, own] of words.entries()) {
      const live = this.at(index);
      const filter = new SegmentFilter(live, selection);
      const matches = matchesOf(live, own);
      for (let match = 0; match < matches.count; match += 1) {
        if (filter.failedBy(matches.products?.[match] ?? match) === 0) count += 1;
      }
    }
    return count;
  }

  private become(segments: readonly LiveSegment[]): void {
    this.segments = segments;
    this.resolved = new WeakMap();
  }

  private at(index: number): LiveSegment {
    return this.segments[index] as LiveSegment;
  }

  /** Whether a product that holds has all words. */
  private isAnswered(words: ResolvedWords): boolean {
    return this.segments.some((live, index) => {
      const count = matchWords(live, words[index] ?? []);
      for (let match = 0; match < count; match += 1) {
        if (live.alive[live.matches[match] as number] === 1) return true;
      }
      return false;
    });
  }
}

/** Of the products of a segment those that answer the words, whether they hold or not; without words all of them. */
function matchesOf(live: LiveSegment, words: ResolvedWords[number]): Matches {
  if (words.length === 0) return { products: undefined, count: live.alive.length };
  return { products: live.matches, count: matchWords(live, words) };
}
