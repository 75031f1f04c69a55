import type { LoadContext } from '#libs/cache';
import type { ProductPage, StoreIndex } from '../../model/index/store-index.js';
import { correctQuery, type Correction } from '../../model/query/correct-query.js';
import type { FacetCounts } from '../../model/query/count-facets.js';
import type { SearchPage, SearchSelection } from '../../model/query/search-query.js';
import type { IndexedStores } from '../following/indexed-stores.js';
import { SearchTurns } from '../following/search-turns.js';
import type { QueryToCorrect, SearchEngine, SelectingQuery, StoreSearch } from './search-engine.js';

/** Answers from the indexes in the memory of this replica, each question in the step in which it is asked. */
export class MemoryEngine implements SearchEngine {
  private readonly turns = new SearchTurns();

  constructor(private readonly stores: IndexedStores) {}

  turn(): Promise<void> {
    return this.turns.next();
  }

  async open(
    storeCode: string,
    context: Pick<LoadContext, 'readMemoryAt' | 'signal'>,
  ): Promise<MemorySearch> {
    const store = this.stores.of(storeCode);
    const index = await store.ready(context.signal);
    context.readMemoryAt(store.sequence);
    return new MemorySearch(index);
  }
}

/** Asks the index of one store. */
class MemorySearch implements StoreSearch {
  constructor(private readonly index: StoreIndex) {}

  page(selection: SearchSelection, page: SearchPage): ProductPage {
    return this.index.page(selection, page);
  }

  facets(selection: SearchSelection): FacetCounts {
    return this.index.facets(selection);
  }

  correct({ query, parse, selection, total }: QueryToCorrect): Correction | undefined {
    return correctQuery(this.index, query, parse, selection, total);
  }

  firstAnswered(queries: Iterable<SelectingQuery>, limit: number): string[] {
    const answered: string[] = [];
    for (const { query, selection } of queries) {
      if (this.isAnswered(selection)) answered.push(query);
      if (answered.length === limit) break;
    }
    return answered;
  }

  private isAnswered(selection: SearchSelection): boolean {
    const { words, languageCode } = selection;
    return (
      words.every((word) => this.index.hasWord(word, languageCode)) &&
      this.index.total(selection) > 0
    );
  }
}
