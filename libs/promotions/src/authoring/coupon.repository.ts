import { Injectable } from '@nestjs/common';
import { insertRows, type RowOf, sql, type SqlQueries, type Transaction } from '#libs/database';
import type { Coupon } from '../model/coupon.js';
import type { CouponCodeEntity } from '../model/coupon-code.entity.js';
import type { PromotionUseEntity } from '../model/promotion-use.entity.js';

type CouponRow = RowOf<
  CouponCodeEntity,
  'id' | 'promotion_id' | 'batch_id' | 'code' | 'use_limit' | 'uses' | 'created_at'
>;

/** Coupons in SQL, always of one promotion, whose store the caller has asked about. */
@Injectable()
export class CouponRepository {
  /** In the order of their codes, at most `limit` behind `after`; of one batch, or all. */
  async list(
    queries: SqlQueries,
    promotionId: string,
    batchId: string | undefined,
    after: string,
    limit: number,
  ): Promise<Coupon[]> {
    const ofBatch = batchId === undefined ? sql.empty : sql`AND batch_id = ${batchId}`;
    const rows = await queries.query<CouponRow>(sql`
      SELECT id, promotion_id, batch_id, code, use_limit, uses, created_at
      FROM coupon_code
      WHERE promotion_id = ${promotionId} ${ofBatch} AND code > ${after}
      ORDER BY code
      ${sql.limit(limit)}`);
    return rows.map(couponOf);
  }

  async find(queries: SqlQueries, promotionId: string, id: string): Promise<Coupon | undefined> {
    const rows = await queries.query<CouponRow>(sql`
      SELECT id, promotion_id, batch_id, code, use_limit, uses, created_at
      FROM coupon_code
      WHERE promotion_id = ${promotionId} AND id = ${id}`);
    return rows.map(couponOf)[0];
  }

  async insert(tx: Transaction, storeId: string, coupons: readonly Coupon[]): Promise<void> {
    await insertRows(
      tx,
      'coupon_code',
      coupons.map(({ id, promotionId, batchId, code, useLimit, uses, createdAt }) => ({
        id,
        store_id: storeId,
        promotion_id: promotionId,
        batch_id: batchId,
        code,
        use_limit: useLimit,
        uses,
        created_at: createdAt,
      })),
    );
  }

  async isUsed(tx: Transaction, couponId: string): Promise<boolean> {
    const rows = await tx.query<RowOf<PromotionUseEntity, 'order_id'>>(sql`
      SELECT order_id
      FROM promotion_use
      WHERE coupon_id = ${couponId}
      ORDER BY order_id
      ${sql.limit(1)}`);
    return rows.length > 0;
  }

  async remove(tx: Transaction, { id, promotionId }: Coupon): Promise<void> {
    await tx.execute(sql`
      DELETE FROM coupon_code
      WHERE id = ${id} AND promotion_id = ${promotionId}`);
  }
}

function couponOf(row: CouponRow): Coupon {
  return {
    id: row.id,
    promotionId: row.promotion_id,
    batchId: row.batch_id,
    code: row.code,
    useLimit: row.use_limit,
    uses: row.uses,
    createdAt: row.created_at,
  };
}
