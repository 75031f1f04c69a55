import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import type { PagePosition, SearchPage, SearchSelection } from '../src/model/query/search-query.js';
import type { SearchEngine, StoreSearch } from '../src/storefront/engine/search-engine.js';
import { pageOf, selectionOf } from './indexed-products.js';

/** The store whose products an engine is fed with; it has English and German. */
export const STORE = 'main';

/** What one transaction makes of products. */
export interface Commit {
  readonly put?: readonly IndexedProduct[];
  readonly gone?: readonly string[];
}

/** An engine, and the shop it is fed from. */
export interface EngineWorld {
  readonly engine: SearchEngine;
  /** Rows of the log that were applied where the engine is asked. */
  readonly applied: number;
  /** Resolves when the row of the transaction was applied. */
  commit(commit: Commit): Promise<void>;
  close(): Promise<void>;
}

/** One of which the feed can be disturbed. */
export interface FedWorld extends EngineWorld {
  /** Nothing new arrives in the engine until the returned function is called. */
  stall(): () => void;
  /** It is not known any more what the engine has missed, so everything is built anew. */
  rebuild(): void;
}

/** What a load is to an engine. */
export function loadContext(signal = new AbortController().signal) {
  return {
    signal,
    /** Of which rows the engine says that it is the result. */
    sequence: Number.NaN,
    readMemoryAt(sequence: number): void {
      this.sequence = sequence;
    },
  };
}

export function search({ engine }: EngineWorld, storeCode = STORE): Promise<StoreSearch> {
  return engine.open(storeCode, loadContext());
}

type Asked = Parameters<typeof selectionOf>[0] & { readonly page?: Partial<SearchPage> };

/** The ids of a list: of everything by name, unless it is asked otherwise. */
export async function listed(world: EngineWorld, { page, ...asked }: Asked = {}) {
  const { ids } = await (await search(world)).page(selectionOf(asked), pageOf(page));
  return ids;
}

/** The same, best first. */
export function found(world: EngineWorld, q: string, asked: Asked = {}) {
  return listed(world, { ...asked, q, page: { sort: 'relevance', ...asked.page } });
}

/** All pages of a list, each with the ids it has; `between` runs after each. */
export async function pagesOf(
  world: EngineWorld,
  selection: SearchSelection,
  page: SearchPage,
  between: (pages: number) => Promise<void> = async () => undefined,
): Promise<(readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  let after: PagePosition | undefined;
  for (let count = 0; count < 200; count += 1) {
    const shown = await (await search(world)).page(selection, { ...page, after });
    pages.push(shown.ids);
    if (shown.next === undefined) return pages;
    after = shown.next;
    await between(pages.length);
  }
  throw new Error('the list does not end');
}
