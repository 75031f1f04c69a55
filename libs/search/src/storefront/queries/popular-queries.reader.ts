import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { StoreReader } from '#libs/stores';
import { searchTags } from '../../model/search.tags.js';
import { PopularQueryViewRepository } from './popular-query-view.repository.js';

const TTL_MS = 10 * 60_000;

/** What shoppers of a store search for, from the cache: at most a thousand queries. */
@Injectable()
export class PopularQueriesReader {
  private readonly reader: CachedReader<string, Record<string, string[]>>;

  constructor(
    cache: CoherentCache,
    private readonly stores: StoreReader,
    private readonly queries: PopularQueryViewRepository,
  ) {
    this.reader = cache.reader<string, Record<string, string[]>>({
      name: 'search.queries',
      key: textKey,
      load: async (storeCode, context) => {
        const { id } = await this.stores.get(storeCode);
        context.tag(searchTags.queries(id));
        return this.queries.popular(id);
      },
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** Most popular first. Throws `catalog.store-not-found`. */
  async get(storeCode: string, locale: string): Promise<readonly string[]> {
    return (await this.reader.get(storeCode))?.[locale] ?? [];
  }
}
