import { Injectable } from '@nestjs/common';
import { DatabaseClock, isUniqueViolation, UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { normalisedPrefix, RandomCodes, type CouponBatch } from '../model/coupon-batch.js';
import { promotionLimits } from '../model/promotion-rules.js';
import { promotionsErrors } from '../model/promotions.errors.js';
import { CouponBatchRepository } from './coupon-batch.repository.js';
import { CouponPromotions } from './coupon-promotions.js';
import { CouponRepository } from './coupon.repository.js';
import type { PromotionAddress } from './promotion.editor.js';

export interface NewCouponBatch {
  readonly name: string;
  readonly prefix: string;
  readonly count: number;
  readonly useLimit: number | null;
}

/** A code that another batch has got already is as good as never drawn; three times is a fault. */
const ATTEMPTS = 3;

/** Batches of generated coupons: all codes or none, in one unit of work, audited. */
@Injectable()
export class CouponBatchEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly promotions: CouponPromotions,
    private readonly batches: CouponBatchRepository,
    private readonly coupons: CouponRepository,
    private readonly codes: RandomCodes,
  ) {}

  /**
   * Throws `catalog.store-not-found`, `promotions.promotion-not-found`,
   * `promotions.coupons-not-needed`, `promotions.promotion-invalid`.
   */
  async create(address: PromotionAddress, input: NewCouponBatch): Promise<CouponBatch> {
    const prefix = normalisedPrefix(input.prefix, promotionLimits.prefixLength);
    const isCount = input.count >= 1 && input.count <= promotionLimits.couponsOfBatch;
    const errors = [
      ...(prefix === undefined
        ? [{ path: 'prefix', message: 'letters, digits and dashes between them' }]
        : []),
      ...(isCount
        ? []
        : [{ path: 'count', message: `from 1 to ${promotionLimits.couponsOfBatch}` }]),
    ];
    if (prefix === undefined || errors.length > 0) {
      throw promotionsErrors.promotionInvalid({ details: { errors } });
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.write(address, { ...input, prefix });
      } catch (error) {
        const isTaken = isUniqueViolation(this.unitOfWork.dialect, error);
        if (!isTaken || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private write(address: PromotionAddress, input: NewCouponBatch): Promise<CouponBatch> {
    const codes = this.codes.draw(input.prefix, input.count);
    return this.unitOfWork.run(async (tx) => {
      const { id: promotionId, storeId } = await this.promotions.get(tx, address);
      const createdAt = this.clock.wallMs();
      const batch: CouponBatch = { id: newId(), promotionId, ...input, createdAt };
      const { useLimit } = batch;
      await this.batches.insert(tx, batch);
      await this.coupons.insert(
        tx,
        storeId,
        codes.map((code) => ({
          id: newId(),
          promotionId,
          batchId: batch.id,
          code,
          useLimit,
          uses: 0,
          createdAt,
        })),
      );
      tx.audit({
        action: 'promotions:coupon-batch:create',
        entity: 'coupon-batch',
        entityId: batch.id,
        after: batch,
      });
      return batch;
    });
  }
}
