import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import type { CompiledList } from '../model/offered-price.js';
import { pricingTags } from '../model/pricing.tags.js';
import { loadRelativeLists } from '../model/relative-list-rows.js';

const TTL_MS = 10 * 60_000;
const NONE: readonly CompiledList[] = [];

/**
 * The relative lists of a store, from the cache: one document, also with what holds later or no longer. The
 * one who asks brings the instant, by the clock of the database, so a list begins and ends on every
 * replica at once, without anything being voided.
 */
@Injectable()
export class PriceListReader {
  private readonly reader: CachedReader<string, readonly CompiledList[]>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.reader = cache.reader<string, readonly CompiledList[]>({
      name: 'pricing.relative-lists',
      key: textKey,
      tags: (storeId) => [pricingTags.lists(storeId)],
      load: async (storeId) => (await loadRelativeLists(this.database, storeId)).map(compiled),
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** The highest priority first. */
  async list(storeId: string): Promise<readonly CompiledList[]> {
    return (await this.reader.get(storeId)) ?? NONE;
  }
}

function compiled(list: CompiledList): CompiledList {
  const { code, name, currency, customerGroup, validFrom, validUntil, rule } = list;
  return { code, name, currency, customerGroup, validFrom, validUntil, rule };
}
