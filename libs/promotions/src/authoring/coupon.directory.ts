import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import type { CouponBatch } from '../model/coupon-batch.js';
import type { Coupon } from '../model/coupon.js';
import { promotionLimits } from '../model/promotion-rules.js';
import { promotionsErrors } from '../model/promotions.errors.js';
import { CouponBatchRepository, type BatchPosition } from './coupon-batch.repository.js';
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
    private readonly batches: CouponBatchRepository,
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

  /** Newest first, at most `limit` behind `after`. Throws what {@link list} throws. */
  async listBatches(
    { storeCode, id }: PromotionAddress,
    after: BatchPosition | undefined,
    limit: number,
  ): Promise<CouponBatch[]> {
    const promotion = await this.promotions.get(storeCode, id);
    return this.batches.list(this.database, promotion.id, after, limit);
  }

  /** Every code of a batch that is left. Throws `promotions.batch-not-found`, and what {@link list} throws. */
  async export({ storeCode, id }: PromotionAddress, batchId: string): Promise<Coupon[]> {
    const promotion = await this.promotions.get(storeCode, id);
    const batch = await this.batches.find(this.database, promotion.id, batchId);
    if (batch === undefined) throw promotionsErrors.batchNotFound();
    const limit = promotionLimits.couponsOfBatch;
    return this.coupons.list(this.database, promotion.id, batch.id, '', limit);
  }
}
