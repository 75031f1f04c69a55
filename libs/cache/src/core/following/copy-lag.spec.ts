import { beforeEach, describe, expect, it } from '@jest/globals';
import { CopyLag } from './copy-lag.js';

describe('CopyLag', () => {
  let lag: CopyLag;

  beforeEach(() => {
    lag = new CopyLag();
    lag.hasShown(10);
  });

  it('is nothing while nothing is known that the copy lacks', () => {
    expect([lag.positions, lag.ageMs(5_000), lag.knownTo]).toEqual([0, 0, 0]);
    lag.heardOf(9, 0);
    expect([lag.positions, lag.ageMs(5_000), lag.knownTo]).toEqual([0, 0, 9]);
  });

  it('counts from when the first position was known that the copy still lacks', () => {
    lag.heardOf(11, 1_000);
    lag.heardOf(12, 4_000);
    expect([lag.positions, lag.ageMs(5_000)]).toEqual([2, 4_000]);
    lag.hasShown(11);
    expect([lag.positions, lag.ageMs(5_000)]).toEqual([1, 1_000]);
    lag.hasShown(12);
    expect([lag.positions, lag.ageMs(5_000)]).toEqual([0, 0]);
  });

  it('stays at the usual delay of a copy that follows steadily', () => {
    for (let second = 0; second < 100; second += 1) {
      lag.heardOf(11 + second, second * 1_000);
      lag.hasShown(11 + second - 3);
      expect(lag.ageMs(second * 1_000)).toBeLessThanOrEqual(3_000);
    }
  });

  it('never says too little when more is announced than it keeps', () => {
    for (let second = 0; second < 2_000; second += 1) lag.heardOf(11 + second, second * 1_000);
    expect([lag.positions, lag.ageMs(2_000_000)]).toEqual([2_000, 2_000_000]);
    // The 600th entry stands for all that came after it.
    lag.hasShown(2_009);
    expect(lag.ageMs(2_000_000)).toBe(2_000_000 - 599_000);
    lag.hasShown(2_010);
    expect(lag.ageMs(2_000_000)).toBe(0);
  });

  it('does not go by an announcement that is repeated or late', () => {
    lag.heardOf(12, 1_000);
    lag.heardOf(11, 9_000);
    lag.heardOf(12, 9_000);
    expect([lag.positions, lag.ageMs(10_000)]).toEqual([2, 9_000]);
  });

  it('forgets what was said of a log that was replaced', () => {
    lag.heardOf(20, 1_000);
    lag.reset();
    lag.hasShown(5);
    expect([lag.positions, lag.ageMs(10_000), lag.knownTo]).toEqual([0, 0, 0]);
  });
});
