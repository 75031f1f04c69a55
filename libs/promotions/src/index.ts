export type { BasketLine } from './model/basket.js';
export { BuyerSources, type BuyerSource } from './model/buyer-sources.js';
export { promotionCheckKinds, type PromotionCheck } from './model/promotion-checks.js';
export { customerKeyOf, type Buyer } from './model/buyer.js';
export type { CouponBatch } from './model/coupon-batch.js';
export type { Coupon, HeldCoupon } from './model/coupon.js';
export {
  refusalReasons,
  type AppliedPromotion,
  type PromotionOutcome,
} from './model/evaluate-promotions.js';
export { promotionLimits } from './model/promotion-rules.js';
export { PromotionUses, type PlannedUse } from './model/promotion-uses.js';
export { PromotionsModelModule } from './model/promotions-model.module.js';
export {
  promotionStates,
  type ActivePromotion,
  type Promotion,
  type PromotionContent,
} from './model/promotion.js';
export { promotionsErrors } from './model/promotions.errors.js';
export { CouponFinder } from './storefront/coupon.finder.js';
export type { CouponOutcome, Offer, OfferedBasket } from './storefront/offer.js';
export { PromotionOffers, type OfferTrial } from './storefront/promotion-offers.js';
export { PromotionsModule } from './storefront/promotions.module.js';
export { promotionsSlice } from './slice.js';
