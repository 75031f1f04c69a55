import { describe, expect, it } from '@jest/globals';
import { productLimits } from '#libs/kernel';
import { priceBreaches, settledPrices, spanOf } from './price.js';

const stored = (currency: string, amountMinor: number, version = 1) => ({
  currency,
  amountMinor,
  compareAtMinor: null,
  version,
});
const stated = (currency: string, amountMinor: number, version?: number) => ({
  currency,
  amountMinor,
  compareAtMinor: null,
  version,
});

describe('prices that are stated anew', () => {
  it('keep the version of what stays, and count on where something changes', () => {
    const before = [stored('EUR', 100, 3), stored('USD', 120, 2)];
    expect(settledPrices(before, [stated('USD', 130), stated('EUR', 100)])).toEqual([
      stored('EUR', 100, 3),
      stored('USD', 130, 3),
    ]);
    expect(settledPrices(before, [{ ...stated('EUR', 100), compareAtMinor: 150 }])).toMatchObject([
      { compareAtMinor: 150, version: 4 },
    ]);
  });

  it('are refused when they are based on another version, 0 being that of no price', () => {
    const before = [stored('EUR', 100, 3)];
    expect(settledPrices(before, [stated('EUR', 90, 3), stated('USD', 1, 0)])).toHaveLength(2);
    for (const [currency, version] of [
      ['EUR', 2],
      ['EUR', 0],
      ['USD', 1],
    ] as const) {
      expect(() => settledPrices(before, [stated(currency, 1, version)])).toThrow(
        expect.objectContaining({ status: 412 }),
      );
    }
  });
});

it('finds the span of prices, and none without any', () => {
  expect(spanOf([stored('EUR', 5), stored('EUR', 2), stored('EUR', 9)])).toEqual({
    minMinor: 2,
    maxMinor: 9,
  });
  expect(spanOf([])).toBeUndefined();
});

it('names everything that is wrong with prices', () => {
  const paths = priceBreaches(
    ['EUR', 'USD'],
    [
      stated('EUR', 1),
      stated('EUR', 1.5),
      stated('GBP', productLimits.amountMinor + 1),
      { ...stated('USD', 1), compareAtMinor: -1 },
    ],
  ).map(({ path }) => path);
  expect(paths).toEqual([
    'prices',
    'prices.EUR',
    'prices.GBP',
    'prices.GBP',
    'prices.USD.compareAt',
  ]);
});
