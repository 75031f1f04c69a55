import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { StoreReader } from '#libs/stores';
import { FacetSettingsLookup } from '../../model/facets/facet-settings-lookup.js';
import { NO_FACET_SETTINGS, type FacetSettings } from '../../model/facets/facet-settings.js';
import { searchTags } from '../../model/search.tags.js';

const TTL_MS = 10 * 60_000;

/** In which order the facets of a store are shown, from the cache: what was made with it follows a change. */
@Injectable()
export class FacetSettingsReader {
  private readonly reader: CachedReader<string, FacetSettings>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
    private readonly stores: StoreReader,
    private readonly settings: FacetSettingsLookup,
  ) {
    this.reader = cache.reader<string, FacetSettings>({
      name: 'search.facets',
      key: textKey,
      tags: (storeCode) => [searchTags.facets(storeCode)],
      load: async (storeCode) => {
        const { id } = await this.stores.get(storeCode);
        return (await this.settings.get(this.database, id)).content;
      },
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** Throws `catalog.store-not-found`. */
  async get(storeCode: string): Promise<FacetSettings> {
    return (await this.reader.get(storeCode)) ?? NO_FACET_SETTINGS;
  }
}
