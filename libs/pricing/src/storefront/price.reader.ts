import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader, type LoadContext } from '#libs/cache';
import { pricingTags } from '../model/pricing.tags.js';
import { PriceRecords, type ShownPrices } from './price-records.js';

export interface PriceKey {
  readonly storeId: string;
  readonly currency: string;
  readonly productId: string;
}

const TTL_MS = 10 * 60_000;
const NONE: ShownPrices = {};

/** What the variants of products cost, from the cache; ids and currency must be those of the store. */
@Injectable()
export class PriceReader {
  private readonly reader: CachedReader<PriceKey, ShownPrices>;

  constructor(
    cache: CoherentCache,
    private readonly records: PriceRecords,
  ) {
    this.reader = cache.reader<PriceKey, ShownPrices>({
      name: 'pricing.product-prices',
      key: jsonKey<PriceKey>({
        storeId: z.string(),
        currency: z.string(),
        productId: z.string(),
      }),
      tags: ({ productId }) => [pricingTags.prices(productId)],
      fromRecords: ({ storeId, currency, productId }) => records.held(storeId, currency, productId),
      load: async (key, context) => (await this.loadMany([key], [context]))[0],
      loadMany: (keys, contexts) => this.loadMany(keys, contexts),
      ttlMs: TTL_MS,
      maxEntries: 100_000,
    });
  }

  async get(key: PriceKey): Promise<ShownPrices> {
    return (await this.reader.get(key)) ?? NONE;
  }

  /** In the order of the ids. */
  async list(
    focus: Omit<PriceKey, 'productId'>,
    productIds: readonly string[],
  ): Promise<readonly ShownPrices[]> {
    const { storeId, currency } = focus;
    const keys = productIds.map((productId) => ({ storeId, currency, productId }));
    return (await this.reader.getMany(keys)).map((prices) => prices ?? NONE);
  }

  private async loadMany(
    keys: readonly PriceKey[],
    contexts: readonly LoadContext[],
  ): Promise<ShownPrices[]> {
    const [first] = keys;
    if (first === undefined) return [];
    const ids = keys.map(({ productId }) => productId);
    return this.records.list(first.storeId, first.currency, ids, contexts);
  }
}
