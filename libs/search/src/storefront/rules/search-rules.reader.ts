import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader } from '#libs/cache';
import { StoreReader } from '#libs/stores';
import { compileRules, NO_RULES, type CompiledRules } from '../../model/rules/compile-rules.js';
import { rulesIn } from '../../model/rules/rules-in.js';
import { searchTags } from '../../model/search.tags.js';
import { SearchRuleViewRepository } from './search-rule-view.repository.js';

interface RulesKey {
  readonly storeCode: string;
  readonly locale: string;
}

const TTL_MS = 10 * 60_000;

/** What staff say about the words of a store in one of its languages, from the cache: every list that was made with it follows a change. */
@Injectable()
export class SearchRulesReader {
  private readonly reader: CachedReader<RulesKey, CompiledRules>;

  constructor(
    cache: CoherentCache,
    private readonly stores: StoreReader,
    private readonly rules: SearchRuleViewRepository,
  ) {
    this.reader = cache.reader<RulesKey, CompiledRules>({
      name: 'search.rules',
      key: jsonKey<RulesKey>({ storeCode: z.string(), locale: z.string() }),
      tags: ({ storeCode }) => [searchTags.rules(storeCode)],
      load: async ({ storeCode, locale }) => {
        const { id } = await this.stores.get(storeCode);
        return compileRules(rulesIn(await this.rules.list(id), locale));
      },
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** Throws `catalog.store-not-found`. */
  async get({ storeCode, locale }: RulesKey): Promise<CompiledRules> {
    return (await this.reader.get({ storeCode, locale })) ?? NO_RULES;
  }
}
