import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import { SEARCH_ENGINE, type SearchEngine } from '../engine/search-engine.js';
import { SelectionReader } from '../listing/selection.reader.js';

type NamedCount = readonly [name: string, count: number];

/** As the cache keeps them: in order, most products first, whatever order products came into the index in. */
interface CountLists {
  readonly brands: readonly NamedCount[];
  readonly categories: readonly NamedCount[];
}

/** How many products of a store have a price in a currency, by what they are grouped by. */
export interface StoreCounts {
  /** The brands with the most products. */
  readonly brands: ReadonlyMap<string, number>;
  /** Products directly in each category, by its id. */
  readonly categories: ReadonlyMap<string, number>;
}

export interface StoreCountsKey {
  readonly storeCode: string;
  readonly currency: string;
}

const TTL_MS = 5 * 60_000;
const MAX_BRANDS = 5_000;
const NOTHING: CountLists = { brands: [], categories: [] };

/** Counts that the suggestions of a store share, whatever is typed. */
@Injectable()
export class StoreCountsReader {
  private readonly reader: CachedReader<StoreCountsKey, CountLists>;
  /** Made once of each value of the cache, and gone with it. */
  private readonly maps = new WeakMap<CountLists, StoreCounts>();

  constructor(
    cache: CoherentCache,
    @Inject(SEARCH_ENGINE) private readonly engine: SearchEngine,
    private readonly selections: SelectionReader,
  ) {
    this.reader = cache.reader<StoreCountsKey, CountLists>({
      name: 'search.store-counts',
      key: jsonKey<StoreCountsKey>({ storeCode: z.string(), currency: z.string() }),
      load: (key, context) => this.load(key, context),
      isFromMemory: true,
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** The same object until a count has changed. */
  async get(key: StoreCountsKey): Promise<StoreCounts> {
    const lists = (await this.reader.get(key)) ?? NOTHING;
    const known = this.maps.get(lists);
    if (known !== undefined) return known;
    const counts = { brands: new Map(lists.brands), categories: new Map(lists.categories) };
    this.maps.set(lists, counts);
    return counts;
  }

  private async load(key: StoreCountsKey, context: LoadContext): Promise<CountLists> {
    const filter = { brands: [], attributes: {} };
    const selection = await this.selections.open({ ...key, locale: '', filter }, context);
    if (selection === undefined) return NOTHING;
    const search = await this.engine.open(key.storeCode, context);
    const { brands, categories } = await search.facets(selection);
    return {
      brands: [...brands].sort(byCount).slice(0, MAX_BRANDS),
      categories: [...categories].sort(byCount),
    };
  }
}

function byCount([one, count]: NamedCount, [other, otherCount]: NamedCount): number {
  return otherCount - count || (one < other ? -1 : 1);
}
