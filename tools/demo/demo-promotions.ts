import type { PromotionContent } from '#libs/promotions';

interface DemoPromotion {
  readonly content: PromotionContent;
  /** The code that opens it. */
  readonly coupon?: string;
}

const always = {
  state: 'active',
  isExclusive: false,
  currency: null,
  validFrom: null,
  validUntil: null,
  conditions: [],
  useLimit: null,
} as const;

/** What the demo shop takes off: for everybody who buys more of the same, and for a coupon. */
export const demoPromotions: readonly DemoPromotion[] = [
  {
    content: {
      ...always,
      name: '5 % from four pieces',
      priority: 10,
      needsCoupon: false,
      conditions: [{ kind: 'quantity', atLeast: 4, items: { kind: 'all' } }],
      reward: { kind: 'percent', percentPpm: 50_000, items: { kind: 'all' }, atMostMinor: null },
      customerUseLimit: null,
    },
  },
  {
    content: {
      ...always,
      name: 'Welcome: 10 % once',
      priority: 0,
      needsCoupon: true,
      reward: { kind: 'percent', percentPpm: 100_000, items: { kind: 'all' }, atMostMinor: null },
      customerUseLimit: 1,
    },
    coupon: 'WELCOME',
  },
];
