import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate } from './allocate.js';
import { multiplyRounded } from './multiply-rounded.js';

const weights = fc.array(fc.integer({ min: 0, max: 10 ** 13 }), { minLength: 1, maxLength: 30 });

describe('allocate', () => {
  it('gives what is left to the largest remainder, of equal ones to the earlier', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(5, [3, 3, 1])).toEqual([2, 2, 1]);
    expect(allocate(0, [0, 0])).toEqual([0, 0]);
  });

  it('adds up exactly, and takes of no part more than there is', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (parts, portion) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        const amount = Math.floor(total * portion);
        fc.pre(total > 0);
        const shares = allocate(amount, parts);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
        shares.forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(parts[index] as number);
        });
      }),
    );
  });

  it('refuses what has no answer', () => {
    expect(() => allocate(1, [0])).toThrow(RangeError);
    expect(() => allocate(-1, [1])).toThrow(RangeError);
    expect(() => allocate(1, [2, -1])).toThrow(RangeError);
  });
});

describe('multiplyRounded', () => {
  it('rounds half away from zero', () => {
    expect(multiplyRounded(5, 1, 2)).toBe(3);
    expect(multiplyRounded(-5, 1, 2)).toBe(-3);
    expect(multiplyRounded(4, 1, 3)).toBe(1);
    expect(Object.is(multiplyRounded(0, 1, 3), 0)).toBe(true);
  });

  it('is exact where floating point is not', () => {
    expect(multiplyRounded(9_007_199_254_740_991, 1_000_000, 1_000_000)).toBe(
      9_007_199_254_740_991,
    );
  });
});
