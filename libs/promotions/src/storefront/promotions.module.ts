import { Module } from '@nestjs/common';
import { PromotionsModelModule } from '../model/promotions-model.module.js';
import { CouponFinder } from './coupon.finder.js';
import { PromotionOffers } from './promotion-offers.js';
import { PromotionReader } from './promotion.reader.js';
import { UseState } from './use-state.js';

/** What stores take off, as storefronts ask about it. Needs the database and cache modules. */
@Module({
  imports: [PromotionsModelModule],
  providers: [PromotionReader, UseState, PromotionOffers, CouponFinder],
  exports: [PromotionOffers, CouponFinder],
})
export class PromotionsModule {}
