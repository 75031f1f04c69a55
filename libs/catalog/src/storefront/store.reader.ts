import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import { sql, SqlReader } from '#libs/database';
import type { MaybePromise } from '#libs/kernel';
import { afterValue } from '../model/after-value.js';
import { catalogErrors } from '../model/catalog.errors.js';
import { catalogTags } from '../model/catalog.tags.js';
import { REFRESH_WINDOW_MS } from './refreshed-regions.js';
import type { StoreContent } from '../model/store.js';

/** A store as its shoppers see it. */
export interface StoreView extends StoreContent {
  readonly id: string;
  readonly code: string;
}

interface StoreRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly default_currency: string;
  readonly default_locale: string;
  readonly currencies_json: string;
  readonly locales_json: string;
}

/** In which language and currency somebody looks at a store. */
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
  ) {
    this.reader = cache.reader<string, StoreView>({
      name: 'catalog.store',
      key: (code) => code,
      keyOf: (text) => text,
      tags: (code) => [catalogTags.store(code)],
      load: (code) => this.load(code),
      ttlMs: TTL_MS,
      refreshWindowMs: REFRESH_WINDOW_MS,
      maxEntries: 1_000,
    });
  }

  find(code: string): MaybePromise<StoreView | undefined> {
    return this.reader.get(code);
  }

  /** Throws `catalog.store-not-found`. */
  get(code: string): MaybePromise<StoreView> {
    return afterValue(this.reader.get(code), (store) => {
      if (store === undefined) throw catalogErrors.storeNotFound({ details: { store: code } });
      return store;
    });
  }

  /**
   * The store with the language and currency that were asked for, or its defaults.
   * Throws `catalog.store-not-found`, `catalog.locale-unknown`, `catalog.currency-unknown`.
   */
  sight(code: string, locale?: string, currency?: string): MaybePromise<StoreSight> {
    return afterValue(this.get(code), (store) => {
      if (locale !== undefined && !store.locales.includes(locale)) {
        throw catalogErrors.localeUnknown({ details: { locales: store.locales } });
      }
      if (currency !== undefined && !store.currencies.includes(currency)) {
        throw catalogErrors.currencyUnknown({ details: { currencies: store.currencies } });
      }
      return {
        store,
        locale: locale ?? store.defaultLocale,
        currency: currency ?? store.defaultCurrency,
      };
    });
  }

  private async load(code: string): Promise<StoreView | undefined> {
    const rows = await this.database.query<StoreRow>(
      sql`SELECT id, code, name, default_currency, default_locale, currencies_json, locales_json FROM store WHERE code = ${code}`,
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    return {
      id: row.id,
      code: row.code,
      name: row.name,
      currencies: JSON.parse(row.currencies_json) as string[],
      locales: JSON.parse(row.locales_json) as string[],
      defaultCurrency: row.default_currency,
      defaultLocale: row.default_locale,
    };
  }
}
