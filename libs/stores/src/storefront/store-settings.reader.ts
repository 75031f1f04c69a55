import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '../model/store-lookup.js';
import { storesErrors } from '../model/stores.errors.js';
import { storesTags } from '../model/stores.tags.js';
import { StoreSettingsLookup } from '../model/settings/store-settings-lookup.js';
import type { SettingsKind, StoreSettings } from '../model/settings/store-settings.js';

/** What storefronts ask for; the rest is read where it is used, in its transaction. */
export type CachedSettingsKind = Exclude<SettingsKind, 'invoicing'>;

const TTL_MS = 10 * 60_000;

/** What stores were told, from the cache: effective on every replica within milliseconds. */
@Injectable()
export class StoreSettingsReader {
  private readonly readers: {
    readonly [Kind in CachedSettingsKind]: CachedReader<string, StoreSettings[Kind]>;
  };

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly settings: StoreSettingsLookup,
  ) {
    this.readers = {
      tax: this.readerOf(cache, 'tax'),
      sales: this.readerOf(cache, 'sales'),
    };
  }

  /** Throws `catalog.store-not-found`. */
  async get<Kind extends CachedSettingsKind>(
    storeCode: string,
    kind: Kind,
  ): Promise<StoreSettings[Kind]> {
    const content = await this.readers[kind].get(storeCode);
    if (content === undefined) throw storesErrors.storeNotFound({ details: { store: storeCode } });
    return content;
  }

  private readerOf<Kind extends CachedSettingsKind>(
    cache: CoherentCache,
    kind: Kind,
  ): CachedReader<string, StoreSettings[Kind]> {
    return cache.reader<string, StoreSettings[Kind]>({
      name: `stores.${kind}-settings`,
      key: textKey,
      tags: (storeCode) => [storesTags.store(storeCode), storesTags.settings(storeCode, kind)],
      load: async (storeCode) => {
        const store = await this.stores.findByCode(this.database, storeCode);
        if (store === undefined) return undefined;
        return (await this.settings.get(this.database, store.id, kind)).content;
      },
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }
}
