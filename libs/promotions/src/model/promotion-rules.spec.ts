import { describe, expect, it } from '@jest/globals';
import { all, somePromotion, tenPercent } from '../../test/some-promotion.js';
import { promotionBreaches, promotionLimits } from './promotion-rules.js';
import type { PromotionContent } from './promotion.js';

const breaches = (changes: Partial<PromotionContent>): string[] =>
  promotionBreaches({ ...somePromotion(), state: 'active', ...changes }, ['EUR', 'JPY']).map(
    ({ path }) => path,
  );

describe('promotionBreaches', () => {
  it('finds nothing wrong with what makes sense', () => {
    expect(breaches({})).toEqual([]);
    expect(breaches({ validFrom: 1, validUntil: 2, useLimit: 1, customerUseLimit: 1 })).toEqual([]);
    const reward = { kind: 'amount', amountMinor: 50_000, items: all } as const;
    expect(breaches({ currency: 'JPY', reward })).toEqual([]);
    const tiers = [
      { fromMinor: 0, percentPpm: 1 },
      { fromMinor: 1, percentPpm: 2 },
    ];
    expect(breaches({ currency: 'EUR', reward: { kind: 'tiers', items: all, tiers } })).toEqual([]);
  });

  it('asks for the currency of amounts, which is one of the store', () => {
    expect(breaches({ reward: { kind: 'amount', amountMinor: 1, items: all } })).toEqual([
      'currency',
    ]);
    expect(breaches({ reward: { ...tenPercent, atMostMinor: 5 } })).toEqual(['currency']);
    expect(breaches({ conditions: [{ kind: 'cart-total', atLeastMinor: 1 }] })).toEqual([
      'currency',
    ]);
    expect(breaches({ currency: 'USD' })).toEqual(['currency']);
  });

  it.each<[string, Partial<PromotionContent>]>([
    ['name', { name: '' }],
    ['priority', { priority: 0.5 }],
    ['useLimit', { useLimit: 0 }],
    ['customerUseLimit', { customerUseLimit: -1 }],
    ['validUntil', { validFrom: 2, validUntil: 2 }],
    ['reward.percentPpm', { reward: { ...tenPercent, percentPpm: 1_000_001 } }],
    ['reward.percentPpm', { reward: { kind: 'shipping', percentPpm: 0 } }],
    ['reward.items.skus', { reward: { ...tenPercent, items: { kind: 'skus', skus: [] } } }],
    ['reward.sku', { reward: { kind: 'item-free', sku: '', quantity: 1 } }],
    ['reward.get', { reward: { kind: 'buy-get', buy: 1, get: 0, percentPpm: 1, items: all } }],
    [
      'conditions.0.items.categoryIds',
      {
        conditions: [
          { kind: 'quantity', atLeast: 1, items: { kind: 'categories', categoryIds: [] } },
        ],
      },
    ],
    ['conditions.0.groups', { conditions: [{ kind: 'customer-group', groups: [] }] }],
    [
      'conditions',
      {
        conditions: Array.from(
          { length: promotionLimits.conditions + 1 },
          () => ({ kind: 'first-order' }) as const,
        ),
      },
    ],
  ])('says that %s is wrong', (path, changes) => {
    expect(breaches(changes)).toEqual([path]);
  });

  it('refuses tiers from the same amount, and none', () => {
    const tier = { fromMinor: 5, percentPpm: 1 };
    for (const tiers of [[], [tier, tier]]) {
      const reward = { kind: 'tiers', items: all, tiers } as const;
      expect(breaches({ currency: 'EUR', reward })).toEqual(['reward.tiers']);
    }
  });
});
