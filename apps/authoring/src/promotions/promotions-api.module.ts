import { Module } from '@nestjs/common';
import { PromotionsAuthoringModule } from '#authoring/promotions';
import { CouponBatchController } from './coupon-batch.controller.js';
import { CouponController } from './coupon.controller.js';
import { PromotionController } from './promotion.controller.js';

/** `/promotions`. */
@Module({
  imports: [PromotionsAuthoringModule],
  controllers: [PromotionController, CouponController, CouponBatchController],
})
export class PromotionsApiModule {}
