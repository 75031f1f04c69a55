import { describe, expect, it } from '@jest/globals';
import { ndcg } from './ndcg.js';

describe('ndcg', () => {
  it('is 1 for the best order, and for nothing else that is judged', () => {
    expect(ndcg([3, 2, 1, 0], [0, 1, 2, 3])).toBe(1);
    expect(ndcg([2, 3, 1], [3, 2, 1])).toBeLessThan(1);
    expect(ndcg([3, 2], [3, 2, 1])).toBeLessThan(1);
    expect(ndcg([], [1])).toBe(0);
  });

  it('counts a grade by its place', () => {
    // 7 / 1 for the best order, 7 / log2(3) and 7 / 2 behind others.
    expect(ndcg([0, 3], [3, 0])).toBeCloseTo(1 / Math.log2(3));
    expect(ndcg([0, 0, 3], [3])).toBeCloseTo(0.5);
    expect(ndcg([0, 0, 3], [3], 2)).toBe(0);
  });

  it('has no answer where nothing is relevant', () => {
    expect(() => ndcg([0], [0, 0])).toThrow(TypeError);
  });
});
