import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { loadStockItems, stockOfRow } from '../model/stock-items.js';
import { availabilityOf, type Availability } from '../model/stock.js';

const order: readonly Availability[] = ['out-of-stock', 'backorder', 'in-stock'];

/** Reads whether many products can be had: of their variants the best. */
@Injectable()
export class BestAvailabilityViewRepository {
  constructor(private readonly database: SqlReader) {}

  /** In the order of the ids, which must come from products that were read under the caller's scope. */
  async list(productIds: readonly string[]): Promise<Availability[]> {
    const best = new Map<string, Availability>();
    for (const row of await loadStockItems(this.database, productIds)) {
      const own = availabilityOf(stockOfRow(row));
      const known = best.get(row.product_id) ?? 'out-of-stock';
      if (order.indexOf(own) > order.indexOf(known)) best.set(row.product_id, own);
    }
    return productIds.map((id) => best.get(id) ?? 'out-of-stock');
  }
}
