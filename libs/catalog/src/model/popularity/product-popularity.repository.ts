import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  insertRows,
  MAX_PARAMETERS,
  sql,
  type OuterRowOf,
  type RowOf,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { catalogTags } from '../catalog.tags.js';
import type { ProductEntity } from '../product.entity.js';
import type { ProductPopularityEntity } from './product-popularity.entity.js';

const PAGE = 5_000;

/** How popular products are; every call names the store. Who counts what is ordered writes it. */
@Injectable()
export class ProductPopularityRepository {
  /** The level of each product of the store that has one above 0. */
  async levelsOf(queries: SqlQueries, storeId: string): Promise<Map<string, number>> {
    const levels = new Map<string, number>();
    let after = '';
    for (;;) {
      const rows = await queries.query<
        RowOf<ProductPopularityEntity, 'product_id' | 'popularity_level'>
      >(
        sql`SELECT product_id, popularity_level
            FROM product_popularity
            WHERE store_id = ${storeId} AND product_id > ${after}
            ORDER BY product_id
            ${sql.limit(PAGE)}`,
      );
      for (const { product_id: id, popularity_level: level } of rows) levels.set(id, level);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return levels;
      after = last.product_id;
    }
  }

  /**
   * Gives products of the store their level, voids what was made from another one, and returns how many have another
   * one now. What the store does not have (any more) is left without.
   */
  async replace(
    tx: Transaction,
    storeId: string,
    levels: ReadonlyMap<string, number>,
  ): Promise<number> {
    let changed = 0;
    for (const ids of chunksOf([...levels.keys()], MAX_PARAMETERS - 1)) {
      const stored = await this.stored(tx, storeId, ids);
      const others = ids.filter((id) => stored.get(id) !== levels.get(id));
      const there = others.filter((id) => stored.has(id));
      if (others.length === 0) continue;
      await tx.execute(
        sql`DELETE FROM product_popularity
            WHERE store_id = ${storeId} AND product_id IN ${sql.in(others)}`,
      );
      await insertRows(
        tx,
        'product_popularity',
        there.flatMap((id) => {
          const level = levels.get(id) ?? 0;
          if (level === 0) return [];
          return [{ store_id: storeId, product_id: id, popularity_level: level }];
        }),
      );
      tx.invalidate(...there.map(catalogTags.popularity));
      changed += there.length;
    }
    return changed;
  }

  /** Of each product that the store has. */
  private async stored(
    tx: Transaction,
    storeId: string,
    ids: readonly string[],
  ): Promise<Map<string, number>> {
    const rows = await tx.query<
      RowOf<ProductEntity, 'id'> & OuterRowOf<ProductPopularityEntity, 'popularity_level'>
    >(
      sql`SELECT p.id, y.popularity_level
          FROM product p
          LEFT JOIN product_popularity y ON y.store_id = p.store_id AND y.product_id = p.id
          WHERE p.store_id = ${storeId} AND p.id IN ${sql.in(ids)}`,
    );
    return new Map(rows.map(({ id, popularity_level: level }) => [id, level ?? 0]));
  }
}
