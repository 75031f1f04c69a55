import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finish } from '../../../test/indexed-products.js';
import { sorted } from './stepwise-sort.js';

const SIZE = 20_000;

describe('sorting in steps', () => {
  it('is sorting, and leaves equal ones in their order', () => {
    const lengths = fc.constantFrom(0, 1, 2_047, 2_048, 2_049, 4_100, 9_000);
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 5_000 }), fc.nat(), (length, values, seed) => {
        const keys = Array.from({ length }, (_, at) => (at * 7919 + seed) % values);
        const compare = (one: number, other: number) => (keys[one] ?? 0) - (keys[other] ?? 0);
        expect([...finish(sorted(Uint32Array.from(keys.keys()), compare))]).toEqual(
          [...keys.keys()].sort(compare),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('takes a look at each, and few more, where there are few runs', () => {
    const half = SIZE / 2;
    const runs = Uint32Array.from({ length: SIZE }, (_, at) =>
      at < half ? 2 * at : 2 * (at - half) + 1,
    );
    let compared = 0;
    const count = (one: number, other: number): number => {
      compared += 1;
      return one - other;
    };
    expect(finish(sorted(runs, count))[SIZE - 1]).toBe(SIZE - 1);
    expect(compared).toBeLessThan(4 * SIZE);
  });

  it('gives the event loop back every few thousand', () => {
    let longest = 0;
    let compared = 0;
    const work = sorted(
      Uint32Array.from({ length: SIZE }, (_, at) => (at * 7919) % SIZE),
      (one, other) => {
        compared += 1;
        return one - other;
      },
    );
    while (work.next().done !== true) {
      longest = Math.max(longest, compared);
      compared = 0;
    }
    expect(longest).toBeLessThan(40_000);
  });
});
