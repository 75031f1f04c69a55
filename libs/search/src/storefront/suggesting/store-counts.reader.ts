import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import { SearchIndex } from '../following/search-index.js';
import { SelectionReader } from '../listing/selection.reader.js';

export type NamedCount = readonly [name: string, count: number];

/** How many products of a store have a price in a currency, by what they are grouped by. */
export interface StoreCounts {
  /** Brands with most products first. */
  readonly brands: readonly NamedCount[];
  /** Products directly in each category, by its id; most products first. */
  readonly categories: readonly NamedCount[];
}

export interface StoreCountsKey {
  readonly storeCode: string;
  readonly currency: string;
}

const TTL_MS = 5 * 60_000;
const MAX_BRANDS = 5_000;
const NOTHING: StoreCounts = { brands: [], categories: [] };

/** Counts that the suggestions of a store share, whatever is typed. */
@Injectable()
export class StoreCountsReader {
  private readonly reader: CachedReader<StoreCountsKey, StoreCounts>;

  constructor(
    cache: CoherentCache,
    private readonly index: SearchIndex,
    private readonly selections: SelectionReader,
  ) {
    this.reader = cache.reader<StoreCountsKey, StoreCounts>({
      name: 'search.store-counts',
      key: jsonKey<StoreCountsKey>({ storeCode: z.string(), currency: z.string() }),
      load: (key, context) => this.load(key, context),
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  async get(key: StoreCountsKey): Promise<StoreCounts> {
    return (await this.reader.get(key)) ?? NOTHING;
  }

  private async load(key: StoreCountsKey, context: LoadContext): Promise<StoreCounts> {
    const filter = { brands: [], attributes: {} };
    const selection = await this.selections.open({ ...key, locale: '', filter }, context);
    if (selection === undefined) return NOTHING;
    const index = await this.index.ready(key.storeCode, context.signal);
    const { brands, categories } = index.facets(selection);
    return {
      brands: [...brands].sort(byCount).slice(0, MAX_BRANDS),
      // The same answer whatever order products came into the index in.
      categories: [...categories].sort(byCount),
    };
  }
}

function byCount([one, count]: NamedCount, [other, otherCount]: NamedCount): number {
  return otherCount - count || (one < other ? -1 : 1);
}
