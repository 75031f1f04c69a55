import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import type { Coupon } from '../model/coupon.js';
import { CouponRepository } from './coupon.repository.js';
import { PromotionDirectory } from './promotion.directory.js';
import type { PromotionAddress } from './promotion.editor.js';

/** Coupons as the back office reads them, always of one promotion of one store. */
@Injectable()
export class CouponDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly promotions: PromotionDirectory,
    private readonly coupons: CouponRepository,
  ) {}

  /**
   * In the order of their codes, at most `limit` behind `after`; of one batch, or all. Throws
   * `catalog.store-not-found`, `promotions.promotion-not-found`.
   */
  async list(
    { storeCode, id }: PromotionAddress,
    batchId: string | undefined,
    after: string,
    limit: number,
  ): Promise<Coupon[]> {
    const promotion = await this.promotions.get(storeCode, id);
    return this.coupons.list(this.database, promotion.id, batchId, after, limit);
  }
}
