import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { StoresModelModule } from '#libs/stores';
import { RandomCodes } from '../model/coupon-batch.js';
import { CouponBatchEditor } from './coupon-batch.editor.js';
import { CouponBatchRepository } from './coupon-batch.repository.js';
import { CouponPromotions } from './coupon-promotions.js';
import { CouponDirectory } from './coupon.directory.js';
import { CouponEditor } from './coupon.editor.js';
import { CouponRepository } from './coupon.repository.js';
import { PromotionCountersRepository } from './promotion-counters.repository.js';
import { PromotionDrafts } from './promotion-drafts.js';
import { PromotionDirectory } from './promotion.directory.js';
import { PromotionEditor } from './promotion.editor.js';
import { PromotionRepository } from './promotion.repository.js';
import { PromotionsStoreDependant } from './promotions-store-dependant.js';
import { promotionsPersonalData } from './promotions-personal-data.js';

/** Promotions as the back office works on them. Needs the database module. */
@Module({
  imports: [StoresModelModule],
  providers: [
    PromotionRepository,
    PromotionCountersRepository,
    PromotionDirectory,
    PromotionDrafts,
    PromotionEditor,
    CouponRepository,
    CouponPromotions,
    CouponBatchRepository,
    RandomCodes,
    CouponBatchEditor,
    CouponDirectory,
    CouponEditor,
    PromotionsStoreDependant,
  ],
  exports: [
    PromotionDrafts,
    PromotionDirectory,
    PromotionEditor,
    CouponDirectory,
    CouponEditor,
    CouponBatchEditor,
  ],
})
@TellsPersonalData(promotionsPersonalData)
export class PromotionsAuthoringModule {}
