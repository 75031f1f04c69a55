import type { Basket } from '../src/model/basket.js';
import type { ActivePromotion, PromotionContent, PromotionReward } from '../src/model/promotion.js';

export const all = { kind: 'all' } as const;

export const tenPercent = {
  kind: 'percent',
  percentPpm: 100_000,
  items: all,
  atMostMinor: null,
} as const satisfies PromotionReward;

/** 10 % off everything, for everybody. */
export const tenPercentOff: Omit<PromotionContent, 'state'> = {
  name: 'Ten off',
  priority: 0,
  isExclusive: false,
  needsCoupon: false,
  currency: null,
  validFrom: null,
  validUntil: null,
  conditions: [],
  reward: tenPercent,
  useLimit: null,
  customerUseLimit: null,
};

/** A promotion that always applies, but for what a test changes. */
export function somePromotion(changes: Partial<ActivePromotion> = {}): ActivePromotion {
  return {
    id: 'p',
    version: 1,
    ...tenPercentOff,
    ...changes,
  };
}

/** Two pads for 10.00 each and three cans of oil for 5.00 each, shipped for 4.90. */
export const someBasket: Basket = {
  currency: 'EUR',
  lines: [
    {
      lineId: 'a',
      sku: 'PAD',
      categoryIds: ['parts', 'brakes'],
      quantity: 2,
      unitPriceMinor: 1_000,
    },
    { lineId: 'b', sku: 'OIL', categoryIds: ['oils'], quantity: 3, unitPriceMinor: 500 },
  ],
  shippingMinor: 490,
  customerGroups: [],
  isFirstOrder: false,
  couponPromotionIds: new Set(),
  usedUp: new Map(),
  at: 1_000,
};
