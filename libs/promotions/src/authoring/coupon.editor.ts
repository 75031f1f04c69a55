import { Injectable } from '@nestjs/common';
import { DatabaseClock, isUniqueViolation, UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { normalisedCode, type Coupon } from '../model/coupon.js';
import { promotionLimits } from '../model/promotion-rules.js';
import { promotionsErrors } from '../model/promotions.errors.js';
import { promotionsTags } from '../model/promotions.tags.js';
import { CouponPromotions } from './coupon-promotions.js';
import { CouponRepository } from './coupon.repository.js';
import type { PromotionAddress } from './promotion.editor.js';

export interface NewCoupon {
  readonly code: string;
  readonly useLimit: number | null;
}

/** Coupons of promotions, as the back office makes and removes them; one unit of work each, audited. */
@Injectable()
export class CouponEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly promotions: CouponPromotions,
    private readonly coupons: CouponRepository,
  ) {}

  /**
   * Throws `promotions.promotion-not-found`, `promotions.coupons-not-needed`, `promotions.coupon-taken`,
   * `promotions.promotion-invalid` for what can be no code.
   */
  async create(address: PromotionAddress, { code: text, useLimit }: NewCoupon): Promise<Coupon> {
    const code = normalisedCode(text);
    if (code === undefined) throw invalid('code', '3 to 40 letters, digits and dashes');
    if (useLimit !== null && !(useLimit >= 1 && useLimit <= promotionLimits.uses)) {
      throw invalid('useLimit', `a whole number from 1 to ${promotionLimits.uses}`);
    }
    try {
      return await this.unitOfWork.run(async (tx) => {
        const promotion = await this.promotions.get(tx, address);
        const coupon: Coupon = {
          id: newId(),
          promotionId: promotion.id,
          batchId: null,
          code,
          useLimit,
          uses: 0,
          createdAt: this.clock.wallMs(),
        };
        await this.coupons.insert(tx, promotion.storeId, [coupon]);
        tx.audit({
          action: 'promotions:coupon:create',
          entity: 'coupon',
          entityId: coupon.id,
          after: coupon,
        });
        return coupon;
      });
    } catch (error) {
      if (isUniqueViolation(this.unitOfWork.dialect, error)) throw promotionsErrors.couponTaken();
      throw error;
    }
  }

  /**
   * Carts that hold it lose it. Throws `promotions.coupon-not-found`, `promotions.coupon-used` when an
   * order has used it, and `promotions.promotion-not-found`.
   */
  async remove(address: PromotionAddress, couponId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const promotion = await this.promotions.get(tx, address);
      const coupon = await this.coupons.find(tx, promotion.id, couponId);
      if (coupon === undefined) throw promotionsErrors.couponNotFound();
      if (await this.coupons.isUsed(tx, couponId)) throw promotionsErrors.couponUsed();
      await this.coupons.remove(tx, coupon);
      // Checkouts that were planned with it have to look again.
      tx.invalidate(promotionsTags.promotions(promotion.storeId));
      tx.audit({
        action: 'promotions:coupon:delete',
        entity: 'coupon',
        entityId: couponId,
        before: coupon,
      });
    });
  }
}

function invalid(path: string, message: string): Error {
  return promotionsErrors.promotionInvalid({ details: { errors: [{ path, message }] } });
}
