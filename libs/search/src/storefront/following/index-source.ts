import type { IndexedProduct } from '../../model/index/indexed-product.js';
import { languageOf, type Language } from '../../model/text/language.js';

/** A store, as far as its products depend on it. */
export interface SourceStore {
  readonly id: string;
  readonly locales: readonly string[];
  readonly defaultLocale: string;
}

/** What an index depends on of its store. */
export function traitsOf(store: SourceStore | undefined): string {
  return JSON.stringify([store?.id, store?.defaultLocale, store?.locales]);
}

/** Those of which more is known than letters, of the languages of a store. */
export function languagesOf({ locales }: Pick<SourceStore, 'locales'>): Language[] {
  return [...new Set(locales.flatMap((locale) => languageOf(locale) ?? []))];
}

/** Where an index is loaded from: what is committed. */
export interface IndexSource {
  /** Undefined when there is no such store. */
  findStore(code: string): Promise<SourceStore | undefined>;
  /** Published products by id, at most `limit` behind `afterId`; the empty text is before all. */
  page(store: SourceStore, afterId: string, limit: number): Promise<readonly IndexedProduct[]>;
  /** Those of the ids that are published. */
  some(store: SourceStore, ids: readonly string[]): Promise<readonly IndexedProduct[]>;
}
