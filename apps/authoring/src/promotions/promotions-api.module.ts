import { Module } from '@nestjs/common';
import { PromotionsAuthoringModule } from '#authoring/promotions';
import { CouponController } from './coupon.controller.js';
import { PromotionController } from './promotion.controller.js';

/** `/promotions`. */
@Module({
  imports: [PromotionsAuthoringModule],
  controllers: [PromotionController, CouponController],
})
export class PromotionsApiModule {}
