import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { inventoryTags } from '../model/inventory.tags.js';
import { loadShownAvailability } from '../model/stock-items.js';
import type { Availability } from '../model/stock.js';

/** By variant; a variant that is not there is out of stock. */
export type ShownAvailability = Readonly<Record<string, Availability>>;

const TTL_MS = 10 * 60_000;
const NONE: ShownAvailability = {};

/**
 * Whether the variants of products can be had, from the cache. It holds what shoppers see and no
 * number, so what is sold voids it only when they see something else.
 */
@Injectable()
export class AvailabilityReader {
  private readonly reader: CachedReader<string, ShownAvailability>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.reader = cache.reader<string, ShownAvailability>({
      name: 'inventory.availability',
      key: textKey,
      tags: (productId) => [inventoryTags.availability(productId)],
      load: async (productId) => (await this.loadMany([productId]))[0],
      loadMany: (productIds) => this.loadMany(productIds),
      ttlMs: TTL_MS,
      maxEntries: 100_000,
    });
  }

  /** The id must come from a product that was read under the caller's scope. */
  async get(productId: string): Promise<ShownAvailability> {
    return (await this.reader.get(productId)) ?? NONE;
  }

  /** In the order of the ids, which must come from products that were read under the caller's scope. */
  async list(productIds: readonly string[]): Promise<readonly ShownAvailability[]> {
    return (await this.reader.getMany(productIds)).map((shown) => shown ?? NONE);
  }

  private async loadMany(productIds: readonly string[]): Promise<ShownAvailability[]> {
    const byProduct = await loadShownAvailability(this.database, productIds);
    return productIds.map((id) => Object.fromEntries(byProduct.get(id) ?? []));
  }
}
