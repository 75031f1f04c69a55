import type { PersonalData } from '#libs/database';

/** Which promotions and coupons the orders of a person used. */
export const promotionsPersonalData: PersonalData = {
  slice: 'promotions',
  parts: [
    {
      part: 'promotionUse',
      table: 'promotion_use',
      key: ['order_id', 'promotion_id'],
      of: { part: 'order', column: 'id' },
      by: 'order_id',
      told: ['order_id', 'promotion_id', 'coupon_id', 'used_at'],
      withheld: ['customer_key'],
    },
  ],
};
