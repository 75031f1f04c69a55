import { Injectable } from '@nestjs/common';
import { PrimaryReader, sql, type RowOf } from '#libs/database';
import { normalisedCode, type HeldCoupon } from '../model/coupon.js';
import { promotionsErrors } from '../model/promotions.errors.js';
import type { CouponCodeEntity } from '../model/coupon-code.entity.js';

/** Where codes lead in a store; asked of the database, since most codes are asked for once. */
@Injectable()
export class CouponFinder {
  constructor(private readonly database: PrimaryReader) {}

  /** Throws `promotions.coupon-not-found`, also for what can be no code. */
  async get(storeId: string, text: string): Promise<HeldCoupon> {
    const code = normalisedCode(text);
    const [row] =
      code === undefined
        ? []
        : await this.database.query<RowOf<CouponCodeEntity, 'id' | 'promotion_id'>>(sql`
            SELECT id, promotion_id
            FROM coupon_code
            WHERE store_id = ${storeId} AND code = ${code}`);
    if (code === undefined || row === undefined) throw promotionsErrors.couponNotFound();
    return { code, couponId: row.id, promotionId: row.promotion_id };
  }
}
