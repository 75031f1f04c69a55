import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CoherentCache, jsonKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { loadBasePrices } from '../model/base-prices.js';
import { pricingTags } from '../model/pricing.tags.js';

export interface PriceKey {
  readonly storeId: string;
  readonly currency: string;
  readonly productId: string;
}

/** What a variant costs a shopper, in the currency that was asked for. */
export interface ShownPrice {
  readonly amountMinor: number;
  readonly compareAtMinor: number | null;
}

/** By variant; a variant that is not sold in the currency is not there. */
export type ShownPrices = Readonly<Record<string, ShownPrice>>;

const TTL_MS = 10 * 60_000;
const NONE: ShownPrices = {};

/** What the variants of products cost, from the cache; ids and currency must be those of the store. */
@Injectable()
export class PriceReader {
  private readonly reader: CachedReader<PriceKey, ShownPrices>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.reader = cache.reader<PriceKey, ShownPrices>({
      name: 'pricing.product-prices',
      key: jsonKey<PriceKey>({
        storeId: z.string(),
        currency: z.string(),
        productId: z.string(),
      }),
      tags: ({ productId }) => [pricingTags.prices(productId)],
      load: async (key) => (await this.loadMany([key]))[0],
      loadMany: (keys) => this.loadMany(keys),
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

  /** The keys of one call come from one list, so they share store and currency. */
  private async loadMany(keys: readonly PriceKey[]): Promise<ShownPrices[]> {
    const [first] = keys;
    if (first === undefined) return [];
    const ids = keys.map(({ productId }) => productId);
    const byProduct = new Map<string, Record<string, ShownPrice>>();
    for (const id of ids) byProduct.set(id, {});
    for (const row of await loadBasePrices(this.database, first, ids)) {
      const prices = byProduct.get(row.product_id);
      if (prices === undefined) continue;
      prices[row.variant_id] = {
        amountMinor: row.amount_minor,
        compareAtMinor: row.compare_at_minor,
      };
    }
    return keys.map(({ productId }) => byProduct.get(productId) ?? NONE);
  }
}
