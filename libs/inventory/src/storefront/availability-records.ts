import { Injectable } from '@nestjs/common';
import { asJson, CoherentCache, type RecordMemory } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { inventoryTags } from '../model/inventory.tags.js';
import { loadShownAvailability } from '../model/stock-items.js';
import type { Availability } from '../model/stock.js';

/** By variant; a variant that is not there is out of stock. */
export type ShownAvailability = Readonly<Record<string, Availability>>;

const PREFIX = inventoryTags.availability('');

/** Whether products can be had, as a replica may hold it whole. */
@Injectable()
export class AvailabilityRecords {
  readonly memory: RecordMemory<ShownAvailability>;
  /** Of the cache, made of these. */
  readonly regions = ['inventory.availability'];

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.memory = cache.records<ShownAvailability>({
      name: 'inventory.availability',
      idOf: (tag) => (tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : undefined),
      read: (productIds) => this.read(productIds),
      ...asJson<ShownAvailability>(),
      regions: this.regions,
    });
  }

  private async read(
    productIds: readonly string[],
  ): Promise<ReadonlyMap<string, ShownAvailability>> {
    const byProduct = await loadShownAvailability(this.database, productIds);
    // Without stock is something to be known as well.
    return new Map(productIds.map((id) => [id, Object.fromEntries(byProduct.get(id) ?? [])]));
  }
}
