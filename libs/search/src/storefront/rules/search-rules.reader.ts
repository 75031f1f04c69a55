import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { StoreReader } from '#libs/stores';
import { compileRules, NO_RULES, type CompiledRules } from '../../model/rules/compile-rules.js';
import { searchTags } from '../../model/search.tags.js';
import { SearchRuleViewRepository } from './search-rule-view.repository.js';

const TTL_MS = 10 * 60_000;

/** What staff say about the words of a store, from the cache: every list that was made with it follows a change. */
@Injectable()
export class SearchRulesReader {
  private readonly reader: CachedReader<string, CompiledRules>;

  constructor(
    cache: CoherentCache,
    private readonly stores: StoreReader,
    private readonly rules: SearchRuleViewRepository,
  ) {
    this.reader = cache.reader<string, CompiledRules>({
      name: 'search.rules',
      key: textKey,
      tags: (storeCode) => [searchTags.rules(storeCode)],
      load: async (storeCode) => {
        const { id } = await this.stores.get(storeCode);
        return compileRules(await this.rules.list(id));
      },
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** Throws `catalog.store-not-found`. */
  async get(storeCode: string): Promise<CompiledRules> {
    return (await this.reader.get(storeCode)) ?? NO_RULES;
  }
}
