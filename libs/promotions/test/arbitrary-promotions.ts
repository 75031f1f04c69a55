import fc from 'fast-check';
import type { Basket } from '../src/model/basket.js';
import type {
  ActivePromotion,
  LineSelector,
  PromotionCondition,
  PromotionReward,
} from '../src/model/promotion.js';
import { somePromotion } from './some-promotion.js';

const SKUS = ['A', 'B', 'C', 'D'];
const CATEGORIES = ['x', 'y', 'z'];

const amountMinor = fc.integer({ min: 1, max: 10 ** 7 });
const percentPpm = fc.integer({ min: 1, max: 1_000_000 });
const pieces = fc.integer({ min: 1, max: 5 });

const items: fc.Arbitrary<LineSelector> = fc.oneof(
  fc.constant({ kind: 'all' } as const),
  fc.record({ kind: fc.constant('skus' as const), skus: fc.subarray(SKUS, { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('categories' as const),
    categoryIds: fc.subarray(CATEGORIES, { minLength: 1 }),
  }),
);

const condition: fc.Arbitrary<PromotionCondition> = fc.oneof(
  fc.record({ kind: fc.constant('cart-total' as const), atLeastMinor: amountMinor }),
  fc.record({ kind: fc.constant('items-total' as const), atLeastMinor: amountMinor, items }),
  fc.record({ kind: fc.constant('quantity' as const), atLeast: pieces, items }),
  fc.constant({ kind: 'first-order' } as const),
  fc.constant({ kind: 'customer-group', groups: ['b2b'] } as const),
);

const reward: fc.Arbitrary<PromotionReward> = fc.oneof(
  fc.record({
    kind: fc.constant('percent' as const),
    percentPpm,
    items,
    atMostMinor: fc.option(amountMinor),
  }),
  fc.record({ kind: fc.constant('amount' as const), amountMinor, items }),
  fc.record({
    kind: fc.constant('item-free' as const),
    sku: fc.constantFrom(...SKUS),
    quantity: pieces,
  }),
  fc.record({ kind: fc.constant('shipping' as const), percentPpm }),
  fc.record({
    kind: fc.constant('buy-get' as const),
    buy: pieces,
    get: pieces,
    percentPpm,
    items,
  }),
  fc.record({
    kind: fc.constant('tiers' as const),
    items,
    tiers: fc.array(fc.record({ fromMinor: amountMinor, percentPpm }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
);

/** Promotions of every kind of reward and condition, some exclusive, some used up. */
export const anyPromotions: fc.Arbitrary<ActivePromotion[]> = fc
  .array(
    fc.record({
      priority: fc.integer({ min: 0, max: 3 }),
      isExclusive: fc.boolean(),
      needsCoupon: fc.boolean(),
      conditions: fc.array(condition, { maxLength: 2 }),
      reward,
    }),
    { maxLength: 8 },
  )
  .map((list) => list.map((each, index) => somePromotion({ ...each, id: `p${index}` })));

export const anyBasket: fc.Arbitrary<Basket> = fc
  .record({
    lines: fc.array(
      fc.record({
        sku: fc.option(fc.constantFrom(...SKUS)),
        categoryIds: fc.subarray(CATEGORIES),
        quantity: fc.integer({ min: 1, max: 20 }),
        unitPriceMinor: fc.oneof(
          fc.integer({ min: 0, max: 100 }),
          fc.integer({ max: 10 ** 8, min: 0 }),
        ),
      }),
      { maxLength: 8 },
    ),
    shippingMinor: fc.integer({ min: 0, max: 10_000 }),
    isFirstOrder: fc.boolean(),
    isBusiness: fc.boolean(),
    coupons: fc.subarray(['p0', 'p1', 'p2', 'p3']),
    usedUp: fc.subarray(['p0', 'p4']),
  })
  .map(({ lines, isBusiness, coupons, usedUp, ...rest }) => ({
    ...rest,
    currency: 'EUR',
    lines: lines.map((line, index) => ({ lineId: `l${index}`, ...line })),
    customerGroups: isBusiness ? ['b2b'] : [],
    couponPromotionIds: new Set(coupons),
    usedUp: new Map(usedUp.map((id) => [id, 'used-up'])),
    at: 1_000,
  }));
