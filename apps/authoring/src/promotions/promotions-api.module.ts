import { Module } from '@nestjs/common';
import { CartsAuthoringModule } from '#authoring/carts';
import { CustomersAuthoringModule } from '#authoring/customers';
import { PromotionsAuthoringModule } from '#authoring/promotions';
import { CouponBatchController } from './coupon-batch.controller.js';
import { CouponController } from './coupon.controller.js';
import { PromotionTrialController } from './promotion-trial.controller.js';
import { PromotionController } from './promotion.controller.js';

/** `/promotions`. */
@Module({
  imports: [CartsAuthoringModule, CustomersAuthoringModule, PromotionsAuthoringModule],
  controllers: [
    PromotionController,
    CouponController,
    CouponBatchController,
    PromotionTrialController,
  ],
})
export class PromotionsApiModule {}
