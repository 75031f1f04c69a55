import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '../model/store-lookup.js';
import type { StoreContent } from '../model/store.js';
import { sightOf } from '../model/store-sight.js';
import { storesErrors } from '../model/stores.errors.js';
import { storesTags } from '../model/stores.tags.js';
import { REFRESH_WINDOW_MS } from './store-refresh.js';

/** A store as its shoppers see it. */
export interface StoreView extends StoreContent {
  readonly id: string;
  readonly code: string;
}

/** In which language and currency a shopper looks at a store. */
export interface StoreSight {
  readonly store: StoreView;
  readonly locale: string;
  readonly currency: string;
}

const TTL_MS = 10 * 60_000;

/** Stores by their code, from the cache. */
@Injectable()
export class StoreReader {
  private readonly reader: CachedReader<string, StoreView>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
  ) {
    this.reader = cache.reader<string, StoreView>({
      name: 'catalog.store',
      key: textKey,
      tags: (code) => [storesTags.store(code)],
      load: (code) => this.load(code),
      ttlMs: TTL_MS,
      refreshWindowMs: REFRESH_WINDOW_MS,
      maxEntries: 1_000,
    });
  }

  async find(code: string): Promise<StoreView | undefined> {
    return this.reader.get(code);
  }

  /** What is held of it, in this step; undefined says nothing. */
  peek(code: string): StoreView | undefined {
    return this.reader.peek(code);
  }

  /** Throws `catalog.store-not-found`. */
  async get(code: string): Promise<StoreView> {
    const store = await this.reader.get(code);
    if (store === undefined) throw storesErrors.storeNotFound({ details: { store: code } });
    return store;
  }

  /**
   * The store with the language and currency that were asked for, or its defaults.
   * Throws `catalog.store-not-found`, `catalog.locale-unknown`, `catalog.currency-unknown`.
   */
  async sight(code: string, locale?: string, currency?: string): Promise<StoreSight> {
    return sightOf(await this.get(code), locale, currency);
  }

  private async load(code: string): Promise<StoreView | undefined> {
    const store = await this.stores.findByCode(this.database, code);
    if (store === undefined) return undefined;
    const { id, name, currencies, locales, defaultCurrency, defaultLocale } = store;
    return { id, code, name, currencies, locales, defaultCurrency, defaultLocale };
  }
}
