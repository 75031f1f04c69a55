import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyBasket, anyPromotions } from '../../test/arbitrary-promotions.js';
import { all, someBasket, somePromotion } from '../../test/some-promotion.js';
import type { Basket, UsedUpReason } from './basket.js';
import { evaluatePromotions, type PromotionOutcome } from './evaluate-promotions.js';
import { askForCategories, preparePromotions } from './prepared-promotions.js';
import type { ActivePromotion } from './promotion.js';

const evaluate = (promotions: readonly ActivePromotion[], basket: Basket): PromotionOutcome[] =>
  evaluatePromotions(preparePromotions(promotions), basket);

function reasonOf(changes: Partial<ActivePromotion>, of: Partial<Basket> = {}): string {
  const [outcome] = evaluate([somePromotion(changes)], { ...someBasket, ...of });
  return outcome?.isApplied === false ? outcome.reason : 'applied';
}

const on = (...conditions: ActivePromotion['conditions']) => ({ conditions });

describe('evaluatePromotions', () => {
  it('says why one did not apply', () => {
    expect(reasonOf({ currency: 'USD' })).toBe('other-currency');
    expect(reasonOf({ validFrom: 1_001 })).toBe('not-yet-valid');
    expect(reasonOf({ validFrom: 1_000 })).toBe('applied');
    expect(reasonOf({ validUntil: 1_000 })).toBe('no-longer-valid');
    expect(reasonOf({ validUntil: 1_001 })).toBe('applied');
    expect(reasonOf({ needsCoupon: true })).toBe('coupon-missing');
    const withCoupon = { couponPromotionIds: new Set(['p']) };
    expect(reasonOf({ needsCoupon: true }, withCoupon)).toBe('applied');
    expect(reasonOf(on({ kind: 'first-order' }))).toBe('not-first-order');
    expect(reasonOf(on({ kind: 'first-order' }), { isFirstOrder: true })).toBe('applied');
    const business = on({ kind: 'customer-group', groups: ['b2b', 'vip'] });
    expect(reasonOf(business)).toBe('other-customer-group');
    expect(reasonOf(business, { customerGroups: ['vip'] })).toBe('applied');
  });

  it('compares totals and quantities with what is reached exactly', () => {
    const oil = { kind: 'skus', skus: ['OIL'] } as const;
    const total = (atLeastMinor: number) => on({ kind: 'cart-total', atLeastMinor });
    const ofItems = (atLeastMinor: number) => on({ kind: 'items-total', atLeastMinor, items: oil });
    const pieces = (atLeast: number) => on({ kind: 'quantity', atLeast, items: oil });
    expect(reasonOf(total(3_501))).toBe('cart-total-too-low');
    expect(reasonOf(total(3_500))).toBe('applied');
    expect(reasonOf(ofItems(1_501))).toBe('items-total-too-low');
    expect(reasonOf(ofItems(1_500))).toBe('applied');
    expect(reasonOf(pieces(4))).toBe('quantity-too-low');
    expect(reasonOf(pieces(3))).toBe('applied');
  });

  it.each<UsedUpReason>(['used-up', 'customer-limit-reached', 'coupon-used-up'])(
    'does not apply what is used up: %s, also without a coupon',
    (reason) => {
      expect(reasonOf({}, { usedUp: new Map([['p', reason]]) })).toBe(reason);
    },
  );

  it('applies by priority, then by id, each to what earlier ones have left', () => {
    const pads = { kind: 'skus', skus: ['PAD'] } as const;
    const outcomes = evaluate(
      [
        somePromotion({ id: 'later' }),
        somePromotion({ id: 'z-last' }),
        somePromotion({
          id: 'first',
          priority: 5,
          reward: { kind: 'amount', amountMinor: 2_000, items: pads },
        }),
      ],
      someBasket,
    );
    expect(outcomes).toMatchObject([
      { promotion: 'first', allocations: [{ lineId: 'a', amountMinor: 2_000 }] },
      { promotion: 'later', allocations: [{ lineId: 'b', amountMinor: 150 }] },
      { promotion: 'z-last', allocations: [{ lineId: 'b', amountMinor: 135 }] },
    ]);
  });

  it('lets an exclusive one apply alone, or not at all', () => {
    const alone = somePromotion({ id: 'alone', isExclusive: true });
    const other = somePromotion({ id: 'other' });
    const refused = { reason: 'exclusive-with-others' };
    expect(evaluate([{ ...alone, priority: 1 }, other], someBasket)).toMatchObject([
      { promotion: 'alone', isApplied: true },
      refused,
    ]);
    expect(evaluate([alone, { ...other, priority: 1 }], someBasket)).toMatchObject([
      { promotion: 'other', isApplied: true },
      refused,
    ]);
    const unopened = { ...alone, priority: 1, needsCoupon: true };
    expect(evaluate([unopened, other], someBasket)).toMatchObject([
      { reason: 'coupon-missing' },
      { isApplied: true },
    ]);
  });

  it('asks for categories only where a promotion is about some', () => {
    const brakes = { kind: 'categories', categoryIds: ['brakes'] } as const;
    const about = on({ kind: 'quantity', atLeast: 1, items: brakes });
    expect(askForCategories([somePromotion(), somePromotion(about)])).toBe(true);
    expect(
      askForCategories([somePromotion(on({ kind: 'quantity', atLeast: 1, items: all }))]),
    ).toBe(false);
  });
});

describe('whatever the promotions and the basket', () => {
  const property = (check: (basket: Basket, outcomes: readonly PromotionOutcome[]) => void) =>
    fc.assert(
      fc.property(anyPromotions, anyBasket, (promotions, basket) => {
        check(basket, evaluate(promotions, basket));
      }),
      { numRuns: 1_000 },
    );

  it('never takes more off a line or the shipping than it comes to, and never adds anything', () => {
    property((basket, outcomes) => {
      const left = new Map(
        basket.lines.map((line) => [line.lineId, line.quantity * line.unitPriceMinor]),
      );
      let shippingLeft = basket.shippingMinor;
      for (const outcome of outcomes) {
        if (!outcome.isApplied) continue;
        for (const { lineId, amountMinor } of outcome.allocations) {
          expect(Number.isSafeInteger(amountMinor) && amountMinor > 0).toBe(true);
          left.set(lineId, (left.get(lineId) ?? -1) - amountMinor);
        }
        expect(outcome.shippingMinor).toBeGreaterThanOrEqual(0);
        shippingLeft -= outcome.shippingMinor;
      }
      for (const amount of [...left.values(), shippingLeft])
        expect(amount).toBeGreaterThanOrEqual(0);
    });
  });

  it('answers once for each, whatever their order was, and each that applies takes something off', () => {
    fc.assert(
      fc.property(anyPromotions, anyBasket, (promotions, basket) => {
        const outcomes = evaluate(promotions, basket);
        expect(evaluate(promotions.toReversed(), basket)).toEqual(outcomes);
        expect(outcomes.map(({ promotion }) => promotion).toSorted()).toEqual(
          promotions.map(({ id }) => id).toSorted(),
        );
        for (const outcome of outcomes) {
          if (!outcome.isApplied) continue;
          const off = outcome.allocations.reduce((sum, each) => sum + each.amountMinor, 0);
          expect(off + outcome.shippingMinor).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('applies an exclusive one with no other, and nothing that is used up or unopened', () => {
    fc.assert(
      fc.property(anyPromotions, anyBasket, (promotions, basket) => {
        const applied = evaluate(promotions, basket).filter(({ isApplied }) => isApplied);
        const byId = new Map(promotions.map((each) => [each.id, each]));
        const some = applied.map(({ promotion }) => byId.get(promotion));
        if (some.some((each) => each?.isExclusive)) expect(some).toHaveLength(1);
        for (const each of some) {
          expect(basket.usedUp.has(each?.id ?? '')).toBe(false);
          if (each?.needsCoupon) expect(basket.couponPromotionIds.has(each.id)).toBe(true);
        }
      }),
    );
  });
});
