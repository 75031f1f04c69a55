import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader, type LoadContext } from '#libs/cache';
import { inventoryTags } from '../model/inventory.tags.js';
import { AvailabilityRecords, type ShownAvailability } from './availability-records.js';

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
    private readonly records: AvailabilityRecords,
  ) {
    this.reader = cache.reader<string, ShownAvailability>({
      name: 'inventory.availability',
      key: textKey,
      tags: (productId) => [inventoryTags.availability(productId)],
      fromRecords: (productId) => records.memory.value(productId),
      load: async (productId, context) => (await this.loadMany([productId], [context]))[0],
      loadMany: (productIds, contexts) => this.loadMany(productIds, contexts),
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

  private loadMany(
    productIds: readonly string[],
    contexts: readonly LoadContext[],
  ): Promise<(ShownAvailability | undefined)[]> {
    return this.records.memory.list(productIds, contexts);
  }
}
