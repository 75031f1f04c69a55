import { Injectable } from '@nestjs/common';
import { type RowOf, sql, SqlReader } from '#libs/database';
import type { RelatedProductEntity } from '../model/related-product.entity.js';

/** What goes with which product, as shoppers see it. */
@Injectable()
export class RelatedProductViewRepository {
  constructor(private readonly database: SqlReader) {}

  /** Ids in their order, as they are stored. */
  async idsFor(storeId: string, productId: string): Promise<string[]> {
    const rows = await this.database.query<RowOf<RelatedProductEntity, 'related_id'>>(
      sql`SELECT r.related_id
          FROM related_product r
          JOIN product p ON p.id = r.product_id
          WHERE r.product_id = ${productId} AND p.store_id = ${storeId}
          ORDER BY r.sort_position, r.related_id`,
    );
    return rows.map(({ related_id: id }) => id);
  }
}
