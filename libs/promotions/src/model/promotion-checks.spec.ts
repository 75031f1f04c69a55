import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyBasket, anyPromotions } from '../../test/arbitrary-promotions.js';
import { someBasket, somePromotion } from '../../test/some-promotion.js';
import { evaluatePromotions } from './evaluate-promotions.js';
import { preparePromotions } from './prepared-promotions.js';
import { promotionChecks } from './promotion-checks.js';
import type { ActivePromotion } from './promotion.js';

const FROM_OTHERS = new Set(['exclusive-with-others', 'nothing-to-take-off']);

const unmet = (changes: Partial<ActivePromotion>, of: Partial<typeof someBasket> = {}) => {
  const [prepared] = preparePromotions([somePromotion(changes)]);
  if (prepared === undefined) throw new Error('there is one');
  return promotionChecks(prepared, { ...someBasket, ...of })
    .filter(({ isMet }) => !isMet)
    .map(({ kind, reason }) => `${kind}: ${reason}`);
};

describe('promotionChecks', () => {
  it('says everything that is not met, not only the first', () => {
    expect(unmet({})).toEqual([]);
    expect(
      unmet(
        {
          currency: 'USD',
          validFrom: 2_000,
          needsCoupon: true,
          conditions: [
            { kind: 'quantity', atLeast: 4, items: { kind: 'skus', skus: ['OIL'] } },
            { kind: 'cart-total', atLeastMinor: 3_500 },
            { kind: 'first-order' },
          ],
        },
        { usedUp: new Map([['p', 'used-up']]) },
      ),
    ).toEqual([
      'currency: other-currency',
      'validity: not-yet-valid',
      'coupon: coupon-missing',
      'quantity: quantity-too-low',
      'first-order: not-first-order',
      'limits: used-up',
    ]);
  });

  it('counts what the basket has of what is asked for', () => {
    const oil = { kind: 'skus', skus: ['OIL'] } as const;
    const [prepared] = preparePromotions([
      somePromotion({
        conditions: [
          { kind: 'quantity', atLeast: 1, items: oil },
          { kind: 'items-total', atLeastMinor: 1, items: oil },
          { kind: 'cart-total', atLeastMinor: 1 },
          { kind: 'customer-group', groups: ['b2b'] },
        ],
      }),
    ]);
    const checks = prepared === undefined ? [] : promotionChecks(prepared, someBasket);
    expect(checks.flatMap(({ condition, actual }) => (condition === null ? [] : [actual]))).toEqual(
      [3, 1_500, 3_500, null],
    );
  });

  it('agrees with what evaluating comes to, whatever is asked', () => {
    fc.assert(
      fc.property(anyPromotions, anyBasket, (promotions, basket) => {
        const prepared = preparePromotions(promotions);
        const outcomes = evaluatePromotions(prepared, basket);
        for (const [index, each] of prepared.entries()) {
          const outcome = outcomes[index];
          const reason = outcome?.isApplied === false ? outcome.reason : undefined;
          const first = promotionChecks(each, basket).find(({ isMet }) => !isMet)?.reason;
          const expected = reason !== undefined && FROM_OTHERS.has(reason) ? undefined : reason;
          expect(first).toBe(expected);
        }
      }),
    );
  });
});
