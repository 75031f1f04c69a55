import { describe, expect, it } from '@jest/globals';
import { all, someBasket, somePromotion, tenPercent } from '../../test/some-promotion.js';
import { evaluatePromotions } from './evaluate-promotions.js';
import { preparePromotions } from './prepared-promotions.js';
import type { ActivePromotion, PromotionReward } from './promotion.js';

/** What the last of the promotions takes off, or why it does not. */
function lastOf(promotions: readonly ActivePromotion[]): unknown {
  const outcome = evaluatePromotions(preparePromotions(promotions), someBasket).at(-1);
  if (outcome?.isApplied !== true) return outcome?.reason;
  const lines = outcome.allocations.map(({ lineId, amountMinor }) => [lineId, amountMinor]);
  return { ...Object.fromEntries(lines), shipping: outcome.shippingMinor };
}

const whole = 1_000_000;
const brakes = { kind: 'categories', categoryIds: ['brakes'] } as const;

describe('a reward', () => {
  it.each<[string, PromotionReward, unknown]>([
    ['a share of everything', tenPercent, { a: 200, b: 150, shipping: 0 }],
    ['a share up to a limit', { ...tenPercent, atMostMinor: 70 }, { a: 40, b: 30, shipping: 0 }],
    [
      'an amount off a category',
      { kind: 'amount', amountMinor: 300, items: brakes },
      { a: 300, shipping: 0 },
    ],
    [
      'an amount off a category above the category of the product',
      {
        kind: 'amount',
        amountMinor: 300,
        items: { kind: 'categories', categoryIds: ['parts'] },
      },
      { a: 300, shipping: 0 },
    ],
    [
      'pieces of an item',
      { kind: 'item-free', sku: 'OIL', quantity: 2 },
      { b: 1_000, shipping: 0 },
    ],
    ['the shipping', { kind: 'shipping', percentPpm: whole }, { shipping: 490 }],
    [
      'the cheapest of each three',
      { kind: 'buy-get', buy: 2, get: 1, percentPpm: whole, items: all },
      { b: 500, shipping: 0 },
    ],
    [
      'half of the four cheapest of five, over several lines',
      { kind: 'buy-get', buy: 1, get: 4, percentPpm: 500_000, items: all },
      { a: 500, b: 750, shipping: 0 },
    ],
    [
      'by the highest tier that is reached',
      {
        kind: 'tiers',
        items: all,
        tiers: [
          { fromMinor: 3_500, percentPpm: 100_000 },
          { fromMinor: 1_000, percentPpm: 50_000 },
          { fromMinor: 3_501, percentPpm: 900_000 },
        ],
      },
      { a: 200, b: 150, shipping: 0 },
    ],
    [
      'nothing below the first tier',
      { kind: 'tiers', items: all, tiers: [{ fromMinor: 3_501, percentPpm: whole }] },
      'nothing-to-take-off',
    ],
    ['nothing', { kind: 'item-free', sku: 'NONE', quantity: 1 }, 'nothing-to-take-off'],
  ])('takes off %s', (_, reward, expected) => {
    expect(lastOf([somePromotion({ reward })])).toEqual(expected);
  });

  it('of a fixed 50,000 is not read as per cent', () => {
    const reward: PromotionReward = { kind: 'amount', amountMinor: 50_000, items: all };
    expect(lastOf([somePromotion({ reward })])).toEqual({ a: 2_000, b: 1_500, shipping: 0 });
    const dear = { ...someBasket.lines[0], lineId: 'c', quantity: 1, unitPriceMinor: 1_000_000 };
    const basket = { ...someBasket, lines: [{ ...dear, sku: 'PAD', categoryIds: [] }] };
    const [outcome] = evaluatePromotions(preparePromotions([somePromotion({ reward })]), basket);
    expect(outcome).toMatchObject({ allocations: [{ lineId: 'c', amountMinor: 50_000 }] });
  });
});

describe('a reward behind another one', () => {
  const half = somePromotion({
    id: 'half',
    priority: 9,
    reward: { ...tenPercent, percentPpm: 500_000 },
  });

  it('takes of a free piece what is left of it, and not of the whole line', () => {
    const reward: PromotionReward = { kind: 'item-free', sku: 'PAD', quantity: 1 };
    expect(lastOf([half, somePromotion({ reward })])).toEqual({ a: 500, shipping: 0 });
  });

  it('takes of the cheapest pieces what is left of them', () => {
    const reward: PromotionReward = {
      kind: 'buy-get',
      buy: 2,
      get: 1,
      percentPpm: whole,
      items: all,
    };
    expect(lastOf([half, somePromotion({ reward })])).toEqual({ b: 250, shipping: 0 });
  });

  it('reaches its tier by the price before, and takes its share of what is left', () => {
    const reward: PromotionReward = {
      kind: 'tiers',
      items: all,
      tiers: [
        { fromMinor: 1_000, percentPpm: 10_000 },
        { fromMinor: 3_500, percentPpm: 100_000 },
      ],
    };
    expect(lastOf([half, somePromotion({ reward })])).toEqual({ a: 100, b: 75, shipping: 0 });
  });
});
