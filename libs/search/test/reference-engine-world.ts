import { setImmediate } from 'node:timers/promises';
import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import type { ProductPage } from '../src/model/index/store-index.js';
import type { FacetCounts } from '../src/model/query/count-facets.js';
import type { SearchPage, SearchSelection } from '../src/model/query/search-query.js';
import { languageOf } from '../src/model/text/language.js';
import type {
  SearchEngine,
  SelectingQuery,
  StoreSearch,
} from '../src/storefront/engine/search-engine.js';
import { STORE, type Commit, type EngineWorld, type loadContext } from './engine-world.js';
import { NaiveSearch } from './naive-search.js';

/**
 * The plainest engine there can be: it looks at every product for each question, and answers later, as one outside the process
 * would. It ranks nothing and forgives no typing error.
 */
export class ReferenceEngineWorld implements EngineWorld {
  applied = 0;
  readonly engine: SearchEngine = {
    turn: async () => undefined,
    open: async (storeCode, context) => this.open(storeCode, context),
  };
  private products: readonly IndexedProduct[] = [];

  async commit({ put = [], gone = [] }: Commit): Promise<void> {
    const changed = new Set([...put.map(({ id }) => id), ...gone]);
    this.products = [...this.products.filter(({ id }) => !changed.has(id)), ...put];
    this.applied += 1;
  }

  async close(): Promise<void> {
    this.products = [];
  }

  private open(
    storeCode: string,
    context: Pick<ReturnType<typeof loadContext>, 'readMemoryAt'>,
  ): StoreSearch {
    context.readMemoryAt(this.applied);
    return new ReferenceSearch(storeCode === STORE ? this.products : []);
  }
}

class ReferenceSearch implements StoreSearch {
  constructor(private readonly products: readonly IndexedProduct[]) {}

  async page(selection: SearchSelection, page: SearchPage): Promise<ProductPage> {
    if (page.sort === 'relevance') throw new Error('nothing is ranked here');
    await setImmediate();
    const placed = this.naive(selection).placed(selection, page);
    const shown = placed.slice(0, page.limit);
    const last = placed.length > page.limit ? shown.at(-1) : undefined;
    return {
      ids: shown.map(({ id }) => id),
      next: last === undefined ? undefined : { sort: page.sort, ...last },
    };
  }

  async facets(selection: SearchSelection): Promise<FacetCounts> {
    await setImmediate();
    return this.naive(selection).facets(selection);
  }

  /** What was meant is a matter of ranking. */
  async correct(): Promise<undefined> {
    await setImmediate();
  }

  async firstAnswered(queries: Iterable<SelectingQuery>, limit: number): Promise<string[]> {
    await setImmediate();
    return [...queries]
      .filter(({ selection }) => {
        const naive = this.naive(selection);
        const isKnown = selection.words.every((word) => naive.hasWord(word));
        return isKnown && naive.facets(selection).total > 0;
      })
      .slice(0, limit)
      .map(({ query }) => query);
  }

  private naive({ languageCode }: SearchSelection): NaiveSearch {
    return new NaiveSearch(this.products, languageOf(languageCode ?? ''));
  }
}
