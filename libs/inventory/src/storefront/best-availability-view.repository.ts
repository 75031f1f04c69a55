import { Injectable } from '@nestjs/common';
import { chunksOf, MAX_PARAMETERS, type RowOf, sql, SqlReader } from '#libs/database';
import { salePriority } from '../model/selling-locations.js';
import type { StockItemEntity } from '../model/stock-item.entity.js';
import { availabilityOf, type Availability } from '../model/stock.js';

/** The best of every stock of a product: it can be had as well as this. */
type BestRow = RowOf<StockItemEntity, 'product_id' | 'is_tracked' | 'allows_backorder'> & {
  readonly available: number;
};

/** Reads whether many products can be had: of their variants the best. */
@Injectable()
export class BestAvailabilityViewRepository {
  constructor(private readonly database: SqlReader) {}

  /**
   * In the order of the ids, which must come from products that were read under the caller's scope. One row of a
   * product is read, not one of each variant: a start reads those of all products.
   */
  async list(productIds: readonly string[]): Promise<Availability[]> {
    const byProduct = new Map<string, Availability>();
    for (const ids of chunksOf(productIds, MAX_PARAMETERS - 1)) {
      const rows = await this.database.query<BestRow>(
        sql`SELECT s.product_id, MAX(s.on_hand - s.reserved) AS available,
              MIN(s.is_tracked) AS is_tracked, MAX(s.allows_backorder) AS allows_backorder
            FROM stock_item s
            JOIN location l ON l.id = s.location_id
            WHERE s.product_id IN ${sql.in(ids)} AND ${salePriority} > 0
            GROUP BY s.product_id`,
      );
      // Each of them only makes it easier to have, so the best of all is as good as the best variant.
      for (const { product_id, available, is_tracked, allows_backorder } of rows) {
        const isTracked = is_tracked === 1;
        const allowsBackorder = allows_backorder === 1;
        const best = { onHand: available, reserved: 0, isTracked, allowsBackorder };
        byProduct.set(product_id, availabilityOf(best));
      }
    }
    return productIds.map((id) => byProduct.get(id) ?? 'out-of-stock');
  }
}
