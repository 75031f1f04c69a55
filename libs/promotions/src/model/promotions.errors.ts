import { defineErrors } from '#libs/kernel';

export const promotionsErrors = defineErrors({
  promotionNotFound: {
    code: 'promotions.promotion-not-found',
    family: 'user',
    status: 404,
    title: 'Promotion not found',
  },
  promotionInvalid: {
    code: 'promotions.promotion-invalid',
    family: 'user',
    status: 422,
    title: 'The promotion breaks a rule',
  },
  promotionUsed: {
    code: 'promotions.promotion-used',
    family: 'user',
    status: 409,
    title: 'Orders have used the promotion; it can be paused',
  },
  tooManyActive: {
    code: 'promotions.too-many-active',
    family: 'user',
    status: 409,
    title: 'The store has as many active promotions as it may have',
  },
  couponNotFound: {
    code: 'promotions.coupon-not-found',
    family: 'user',
    status: 404,
    title: 'Coupon not found',
  },
  batchNotFound: {
    code: 'promotions.batch-not-found',
    family: 'user',
    status: 404,
    title: 'Batch of coupons not found',
  },
  couponTaken: {
    code: 'promotions.coupon-taken',
    family: 'user',
    status: 409,
    title: 'The store has a coupon with this code',
  },
  couponUsed: {
    code: 'promotions.coupon-used',
    family: 'user',
    status: 409,
    title: 'Orders have used the coupon',
  },
  couponsNotNeeded: {
    code: 'promotions.coupons-not-needed',
    family: 'user',
    status: 409,
    title: 'The promotion applies without coupons',
  },
});
