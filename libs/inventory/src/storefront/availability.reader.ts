import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { inventoryTags } from '../model/inventory.tags.js';
import { loadStockItems, stockOfRow } from '../model/stock-items.js';
import { availabilityOf, type Availability } from '../model/stock.js';

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
    const byProduct = new Map<string, Record<string, Availability>>();
    for (const id of productIds) byProduct.set(id, {});
    for (const row of await loadStockItems(this.database, productIds)) {
      const shown = byProduct.get(row.product_id);
      if (shown !== undefined) shown[row.variant_id] = availabilityOf(stockOfRow(row));
    }
    return productIds.map((id) => byProduct.get(id) ?? NONE);
  }
}
