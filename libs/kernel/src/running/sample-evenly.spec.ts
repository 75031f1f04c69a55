import { describe, expect, it } from '@jest/globals';
import { sampleEvenly } from './sample-evenly.js';

describe('an even sample', () => {
  it.each([
    [0, 0],
    [1, 1_000],
    [0.1, 100],
    [0.25, 250],
    [0.003, 3],
  ])('of %d takes that share', (share, expected) => {
    const isTaken = sampleEvenly(share);
    const taken = Array.from({ length: 1_000 }, isTaken);
    expect(taken.filter(Boolean)).toHaveLength(expected);
  });

  it('is spread over the calls', () => {
    const isTaken = sampleEvenly(0.5);
    expect(Array.from({ length: 6 }, isTaken)).toEqual([false, true, false, true, false, true]);
  });
});
