import { CouponBatchEntity } from './coupon-batch.entity.js';
import { CouponCodeEntity } from './coupon-code.entity.js';
import { PromotionCounterEntity } from './promotion-counter.entity.js';
import { PromotionCustomerCounterEntity } from './promotion-customer-counter.entity.js';
import { PromotionUseEntity } from './promotion-use.entity.js';
import { PromotionEntity } from './promotion.entity.js';

export const promotionsEntities = [
  PromotionEntity,
  PromotionCounterEntity,
  PromotionCustomerCounterEntity,
  CouponBatchEntity,
  CouponCodeEntity,
  PromotionUseEntity,
];
