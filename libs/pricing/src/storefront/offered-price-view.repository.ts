import { Injectable } from '@nestjs/common';
import { chunksOf, MAX_PARAMETERS, type RowOf, sql, SqlReader } from '#libs/database';
import { BASE_PRIORITY, FIRST_PIECE } from '../model/base-prices.js';
import type { PriceListEntity } from '../model/price-list.entity.js';
import type { PriceEntity } from '../model/price.entity.js';

/** What the variants of a product cost, in minor units, by currency, in no particular order. */
export type OfferedPrices = Readonly<Record<string, readonly number[]>>;

type OfferedRow = RowOf<PriceEntity, 'product_id' | 'amount_minor'> &
  RowOf<PriceListEntity, 'currency'>;

const NONE: OfferedPrices = {};

/** Reads what many products cost in every currency, for what makes an index of them. */
@Injectable()
export class OfferedPriceViewRepository {
  constructor(private readonly database: SqlReader) {}

  /**
   * What every shopper pays from the first piece on, in the order of the ids, which must come from products that were
   * read under the caller's scope. Nothing else is read of a price: a start reads those of all products.
   */
  async list(storeId: string, productIds: readonly string[]): Promise<OfferedPrices[]> {
    const byProduct = new Map<string, Record<string, number[]>>();
    for (const ids of chunksOf(productIds, MAX_PARAMETERS - 3)) {
      const rows = await this.database.query<OfferedRow>(
        sql`SELECT p.product_id, l.currency, p.amount_minor
            FROM price p
            JOIN price_list l ON l.id = p.list_id
            WHERE p.product_id IN ${sql.in(ids)} AND p.min_quantity = ${FIRST_PIECE}
              AND l.priority = ${BASE_PRIORITY} AND l.store_id = ${storeId}`,
      );
      for (const { product_id, currency, amount_minor } of rows) {
        let prices = byProduct.get(product_id);
        if (prices === undefined) byProduct.set(product_id, (prices = {}));
        (prices[currency] ??= []).push(amount_minor);
      }
    }
    return productIds.map((id) => byProduct.get(id) ?? NONE);
  }
}
