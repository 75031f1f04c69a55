import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binOf, lowestOf, PRICE_BINS } from '../index/price-bins.js';
import { chooseCuts, roundest } from './choose-cuts.js';

const valued = (...values: number[]) =>
  [...new Set(values)]
    .sort((one, other) => one - other)
    .map((value) => ({ value, count: values.filter((each) => each === value).length }));

describe('cuts', () => {
  it('are round, and leave about the same number between them', () => {
    const even = valued(...Array.from({ length: 600 }, (_, index) => index));
    expect(chooseCuts(even, 6)).toEqual([100, 200, 300, 400, 500]);
    const steep = valued(...Array.from({ length: 1_000 }, (_, index) => 100 + index ** 2));
    expect(chooseCuts(steep, 6)).toEqual([20_000, 100_000, 250_000, 500_000, 700_000]);
  });

  it('are between values, however few there are', () => {
    expect(chooseCuts([], 6)).toEqual([]);
    expect(chooseCuts(valued(7, 7, 7), 6)).toEqual([]);
    expect(chooseCuts(valued(100, 200), 6)).toEqual([200]);
    expect(chooseCuts(valued(100, 200, 300), 6)).toEqual([200, 300]);
    expect(chooseCuts(valued(...Array<number>(99).fill(110), 900), 6)).toEqual([500]);
    expect(chooseCuts(valued(...Array<number>(99).fill(900), 110), 6)).toEqual([500]);
  });

  it.each([
    [199, 250, 200],
    [210, 300, 300],
    [110, 200, 200],
    [900, 1_000, 1_000],
    [0, 9, 5],
    [0, 1, 1],
    [1_234, 1_235, 1_235],
    [-25, -11, -20],
    [-5, 10, 0],
    [-5, 0, 0],
  ])('above %i up to %i are at %i', (low, high, at) => {
    expect(roundest(low, high).at).toBe(at);
  });

  it('leave something in each range, and no more of them than are wanted', () => {
    const values = fc.array(fc.integer({ min: -1_000, max: 10 ** 15 }), { maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 8 }), (given, most) => {
        const cuts = chooseCuts(valued(...given), most);
        expect(cuts.length).toBeLessThan(most);
        expect(cuts.length > 0).toBe(new Set(given).size > 1);
        for (const [index, cut] of [...cuts, Infinity].entries()) {
          const from = cuts[index - 1] ?? -Infinity;
          if (cuts.length > 0)
            expect(given.some((value) => value >= from && value < cut)).toBe(true);
        }
      }),
    );
  });
});

describe('the bins of prices', () => {
  it('are ascending, and begin at their lowest price', () => {
    const last = binOf(Number.MAX_SAFE_INTEGER);
    for (let bin = 1; bin <= last; bin += 1) {
      expect(binOf(lowestOf(bin))).toBe(bin);
      expect(binOf(lowestOf(bin) - 1)).toBe(bin - 1);
    }
    expect(last).toBeLessThan(PRICE_BINS);
  });

  it('are cut between, never through', () => {
    const prices = fc.array(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { maxLength: 40 });
    fc.assert(
      fc.property(prices, fc.nat(3), (given, digits) => {
        const shrunk = given.map((price) => Math.floor(price / 10 ** (4 * digits)));
        for (const cut of chooseCuts(valued(...shrunk.map((each) => lowestOf(binOf(each)))), 6)) {
          expect(lowestOf(binOf(cut))).toBe(cut);
        }
      }),
    );
  });
});
