import { Injectable } from '@nestjs/common';
import { asJson, CoherentCache, type RecordMemory } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { inventoryTags } from '../model/inventory.tags.js';
import { loadStockItems, stockOfRow } from '../model/stock-items.js';
import { availabilityOf, type Availability } from '../model/stock.js';

/** By variant; a variant that is not there is out of stock. */
export type ShownAvailability = Readonly<Record<string, Availability>>;

const PREFIX = inventoryTags.availability('');

/** Whether products can be had, as a replica may hold it whole. */
@Injectable()
export class AvailabilityRecords {
  readonly memory: RecordMemory<ShownAvailability>;

  constructor(
    cache: CoherentCache,
    private readonly database: SqlReader,
  ) {
    this.memory = cache.records<ShownAvailability>({
      name: 'inventory.availability',
      idOf: (tag) => (tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : undefined),
      read: (productIds) => this.read(productIds),
      ...asJson<ShownAvailability>(),
    });
  }

  private async read(
    productIds: readonly string[],
  ): Promise<ReadonlyMap<string, ShownAvailability>> {
    // Without stock is something to be known as well.
    const byProduct = new Map<string, Record<string, Availability>>(
      productIds.map((id) => [id, {}]),
    );
    for (const row of await loadStockItems(this.database, productIds)) {
      const shown = byProduct.get(row.product_id);
      if (shown !== undefined) shown[row.variant_id] = availabilityOf(stockOfRow(row));
    }
    return byProduct;
  }
}
