import { Injectable } from '@nestjs/common';
import {
  insertRows,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import type { CouponBatch } from '../model/coupon-batch.js';
import type { CouponBatchEntity } from '../model/coupon-batch.entity.js';

type BatchRow = RowOf<CouponBatchEntity>;

/** Where a page of batches goes on, newest first. */
export interface BatchPosition {
  readonly createdAt: number;
  readonly id: string;
}

/** Batches in SQL, always of one promotion, whose store the caller has asked about. */
@Injectable()
export class CouponBatchRepository {
  /** Newest first, at most `limit` behind `after`. */
  list(
    queries: SqlQueries,
    promotionId: string,
    after: BatchPosition | undefined,
    limit: number,
  ): Promise<CouponBatch[]> {
    const behind = sql.behind(sql`created_at`, sql`id`, after);
    return this.query(
      queries,
      sql`promotion_id = ${promotionId} AND ${behind}
        ORDER BY created_at DESC, id DESC
        ${sql.limit(limit)}`,
    );
  }

  async find(
    queries: SqlQueries,
    promotionId: string,
    id: string,
  ): Promise<CouponBatch | undefined> {
    return (await this.query(queries, sql`promotion_id = ${promotionId} AND id = ${id}`))[0];
  }

  async insert(tx: Transaction, batch: CouponBatch): Promise<void> {
    await insertRows(tx, 'coupon_batch', [
      {
        id: batch.id,
        promotion_id: batch.promotionId,
        name: batch.name,
        prefix: batch.prefix,
        code_count: batch.count,
        use_limit: batch.useLimit,
        created_at: batch.createdAt,
      },
    ]);
  }

  private async query(queries: SqlQueries, rest: SqlStatement): Promise<CouponBatch[]> {
    const rows = await queries.query<BatchRow>(sql`
      SELECT id, promotion_id, name, prefix, code_count, use_limit, created_at
      FROM coupon_batch
      WHERE ${rest}`);
    return rows.map((row) => ({
      id: row.id,
      promotionId: row.promotion_id,
      name: row.name,
      prefix: row.prefix,
      count: row.code_count,
      useLimit: row.use_limit,
      createdAt: row.created_at,
    }));
  }
}
