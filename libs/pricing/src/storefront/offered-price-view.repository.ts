import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { loadBasePrices } from '../model/base-prices.js';

/** What the variants of a product cost, in minor units, by currency. */
export type OfferedPrices = Readonly<Record<string, readonly number[]>>;

const NONE: OfferedPrices = {};

/** Reads what many products cost in every currency, for what makes an index of them. */
@Injectable()
export class OfferedPriceViewRepository {
  constructor(private readonly database: SqlReader) {}

  /** In the order of the ids, which must come from products that were read under the caller's scope. */
  async list(storeId: string, productIds: readonly string[]): Promise<OfferedPrices[]> {
    const byProduct = new Map<string, Record<string, number[]>>();
    for (const row of await loadBasePrices(this.database, { storeId }, productIds)) {
      const prices = byProduct.get(row.product_id) ?? {};
      byProduct.set(row.product_id, prices);
      (prices[row.currency] ??= []).push(row.amount_minor);
    }
    return productIds.map((id) => byProduct.get(id) ?? NONE);
  }
}
