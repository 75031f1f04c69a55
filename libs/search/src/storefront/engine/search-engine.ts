import type { LoadContext, PortToken } from '#libs/cache';
import type { ProductPage } from '../../model/index/store-index.js';
import type { Correction } from '../../model/query/correct-query.js';
import type { FacetCounts } from '../../model/query/count-facets.js';
import type { QueryWord, SearchPage, SearchSelection } from '../../model/query/search-query.js';

/** What memory answers in the step in which it is asked, and what is elsewhere later. */
export type Awaitable<Value> = Value | Promise<Value>;

/** A query, with what it selects. */
export interface SelectingQuery {
  readonly query: string;
  readonly selection: SearchSelection;
}

export interface QueryToCorrect extends SelectingQuery {
  /** The words of another query, in the language and by the rules of this one. */
  readonly parse: (query: string) => readonly QueryWord[];
  /** How many products the selection has. */
  readonly total: number;
}

/**
 * The published products of one store, to be asked. Words come folded, with their stems, other spellings and synonyms:
 * an engine that folds texts by `wordsOf` finds the same with them as every other one.
 *
 * Every answer throws `search.index-not-ready` when it takes longer than the bound of `SearchEngine.open`. What is asked in one
 * step is of one state of the products; what is asked later is of that state or of a newer one.
 */
export interface StoreSearch {
  /**
   * The first products of the selection behind a position, at most `limit`. A selection without words is never sorted by relevance.
   *
   * - The order is total: of equal values the lower id is first where they ascend, the higher one where they descend, so
   *   it is the same on every replica. Names compare as `collationKey` writes them, prices by the lowest of the product.
   * - `next` is the value and the id of the last product, and is undefined on the last page. A position stays true while products
   *   change: the next page begins behind it wherever that is, also when its product has gone. A product that does not change and
   *   is selected all the time is on exactly one of the pages.
   * - By relevance: a product with each word as it is, or its beginning, or its stem, comes before none that has it so; typing
   *   errors are looked for only when no product has the words otherwise. The scores may be the engine's own, whole numbers.
   */
  page(selection: SearchSelection, page: SearchPage): Awaitable<ProductPage>;

  /**
   * How many products the selection has, and how they are spread. All counts are exact, however many products there are. Each part
   * leaves out what is chosen of it, and nothing else: brands those of the selection, categories its categories, prices and
   * their ranges its bounds, an attribute its own values and ranges. Ranges are those of `chooseCuts`, so they are the same on
   * every replica; amounts of money are in minor units.
   */
  facets(selection: SearchSelection): Awaitable<FacetCounts>;

  /**
   * What a query with no or few products may have been meant to be; undefined when nothing is better. It always selects a product under
   * the same filters, and more than `total` of them unless it replaces a word that no product has.
   */
  correct(query: QueryToCorrect): Awaitable<Correction | undefined>;

  /**
   * The first `limit` of the queries that select a product and whose every word a product has without a typing error; in their
   * order. What is in memory takes no more of them than it has to look at. `limit` is at least 1.
   */
  firstAnswered(queries: Iterable<SelectingQuery>, limit: number): Awaitable<readonly string[]>;
}

/**
 * What answers lists, facets and searches of shoppers. It ranks and counts; what is shown of the products, and whether an answer is
 * still true, is not its concern.
 */
export interface SearchEngine {
  /**
   * Resolves when the caller may ask: to be awaited for each request that is not answered from the cache. An engine lets so many
   * ask at once that others have their turn in between.
   */
  turn(): Promise<void>;

  /**
   * The products of a store, for a load: with every row of the invalidation log that this replica had applied before the call, so
   * also those up to the position that a request came with. Nothing of a transaction is shown without the rest. Of
   * which invalidations it is the result is said to `context`; the tags of what is looked for have to be named there before.
   *
   * While it is built, or built anew, a store is answered as it was or not at all, never with fewer products than it has. Throws
   * `search.index-not-ready` when what has to be seen is not there within 5 s, and the reason of `context.signal`. Of a
   * store that does not exist there are no products.
   */
  open(
    storeCode: string,
    context: Pick<LoadContext, 'readMemoryAt' | 'signal'>,
  ): Promise<StoreSearch>;
}

export const SEARCH_ENGINE: PortToken<SearchEngine> = Symbol('SearchEngine');
