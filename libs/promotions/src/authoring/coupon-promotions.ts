import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { Promotion } from '../model/promotion.js';
import { promotionsErrors } from '../model/promotions.errors.js';
import type { PromotionAddress } from './promotion.editor.js';
import { PromotionRepository } from './promotion.repository.js';

/** Finds the promotion that coupons are made for. */
@Injectable()
export class CouponPromotions {
  constructor(
    private readonly stores: StoreLookup,
    private readonly promotions: PromotionRepository,
  ) {}

  /**
   * Holds its row until the unit of work ends. Throws `catalog.store-not-found`,
   * `promotions.promotion-not-found`, and `promotions.coupons-not-needed` for one that applies by itself.
   */
  async get(tx: Transaction, { storeCode, id }: PromotionAddress): Promise<Promotion> {
    const store = await this.stores.getByCode(tx, storeCode);
    const promotion = await this.promotions.find(tx, store.id, id);
    if (promotion === undefined) throw promotionsErrors.promotionNotFound();
    if (!promotion.needsCoupon) throw promotionsErrors.couponsNotNeeded();
    return promotion;
  }
}
