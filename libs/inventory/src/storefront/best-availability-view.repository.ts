import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { loadShownAvailability } from '../model/stock-items.js';
import { bestOf, type Availability } from '../model/stock.js';

/** Reads whether many products can be had: of their variants the best. */
@Injectable()
export class BestAvailabilityViewRepository {
  constructor(private readonly database: SqlReader) {}

  /** In the order of the ids, which must come from products that were read under the caller's scope. */
  async list(productIds: readonly string[]): Promise<Availability[]> {
    const byProduct = await loadShownAvailability(this.database, productIds);
    return productIds.map((id) => bestOf(byProduct.get(id)?.values() ?? []));
  }
}
