import { describe, expect, it } from '@jest/globals';
import { MAX_POPULARITY, popularityLevel } from './popularity-level.js';

describe('the level of popularity of a product', () => {
  it('is one higher with twice the orders, up to the highest', () => {
    const levels = [0, 1, 2, 3, 4, 7, 8, 1_000, 16_383, 16_384, 10_000_000].map((orders) =>
      popularityLevel(orders, 0),
    );
    expect(levels).toEqual([0, 1, 2, 2, 3, 3, 4, 10, 14, 15, 15]);
  });

  it('stays while less than a quarter of what it takes is missing', () => {
    expect([8, 7, 6, 5].map((orders) => popularityLevel(orders, 4))).toEqual([4, 4, 4, 3]);
    expect([1, 0].map((orders) => popularityLevel(orders, 1))).toEqual([1, 0]);
    expect(popularityLevel(0, MAX_POPULARITY)).toBe(0);
  });

  it('changes once, however often orders come and go around a bound', () => {
    let level = 0;
    const seen = new Set<number>();
    for (let turn = 0; turn < 50; turn += 1) {
      level = popularityLevel(turn % 2 === 0 ? 64 : 63, level);
      seen.add(level);
    }
    expect([...seen]).toEqual([7]);
  });

  it('is the same when nothing has changed since it was worked out', () => {
    for (let orders = 0; orders < 300; orders += 1) {
      for (let before = 0; before <= MAX_POPULARITY; before += 1) {
        const level = popularityLevel(orders, before);
        expect(popularityLevel(orders, level)).toBe(level);
      }
    }
  });
});
