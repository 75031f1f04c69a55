import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CounterRegion, SharedWorld } from './shared-world.js';
import { counterSchema } from './shared-world.js';

const LEASE_MS = 60_000;
const WRITERS = 12;
const ROUNDS = 25;

/** What holds for a shared cache whatever its store does: the same for one that fails at random. */
export function describeSharedCacheSafety(name: string, start: () => Promise<SharedWorld>): void {
  describe(`the safety of a shared cache ${name}`, () => {
    let world: SharedWorld;
    let regions: CounterRegion[];

    beforeEach(async () => {
      world = await start();
      regions = [1, 2, 3].map(() =>
        world.open().region({ name: 'counter', schema: counterSchema }),
      );
    });

    afterEach(() => world.close());

    function regionOf(index: number): CounterRegion {
      const region = regions[index % regions.length];
      if (region === undefined) throw new RangeError('no region');
      return region;
    }

    it('loses no update of writers who read, change and put', async () => {
      let told = 0;
      let untold = 0;
      const incrementOnce = async (region: CounterRegion): Promise<void> => {
        for (;;) {
          const entry = await region.get('sum');
          const value = { count: (entry?.value.count ?? 0) + 1 };
          const put = await region.put('sum', value, { version: entry?.version ?? 'absent' });
          if (put.outcome === 'stored') {
            told += 1;
            return;
          }
          if (put.outcome === 'unavailable') untold += 1;
        }
      };
      await Promise.all(
        Array.from({ length: WRITERS }, async (_, writer) => {
          for (let i = 0; i < 5; i += 1) await incrementOnce(regionOf(writer));
        }),
      );
      let sum: number | undefined;
      while (sum === undefined) sum = (await regionOf(0).get('sum'))?.value.count;
      expect(told).toBe(WRITERS * 5);
      expect(sum).toBeGreaterThanOrEqual(told);
      expect(sum).toBeLessThanOrEqual(told + untold);
    });

    it('never has two holders of a lock, and each has a greater fence than the one before', async () => {
      let inside = 0;
      let most = 0;
      const fences: number[] = [];
      const enter = async (region: CounterRegion): Promise<void> => {
        const outcome = await region.lock('a', { leaseMs: LEASE_MS });
        if (outcome.state !== 'held') return;
        inside += 1;
        most = Math.max(most, inside);
        fences.push(outcome.lock.fence);
        await region.get('a');
        inside -= 1;
        await outcome.lock.release();
      };
      for (let round = 0; round < ROUNDS; round += 1) {
        await Promise.all(Array.from({ length: WRITERS }, (_, writer) => enter(regionOf(writer))));
        // What was taken or not released without anybody being told of it.
        world.pass(LEASE_MS);
      }
      expect(most).toBe(1);
      expect(fences.length).toBeGreaterThan(ROUNDS / 3);
      expect(fences).toEqual([...new Set(fences)].toSorted((a, b) => a - b));
    });
  });
}
