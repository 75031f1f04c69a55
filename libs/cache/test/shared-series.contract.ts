import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import type { SharedSeries } from '../src/shared/shared-series.js';
import { held } from './shared-cache.contract.js';
import type { SharedWorld } from './shared-world.js';

const LEASE_MS = 60_000;
/** Short enough to wait for its end. */
const SHORT_MS = 150;

/** What a shared series does while its store is there. */
export function describeSharedSeries(name: string, start: () => Promise<SharedWorld>): void {
  describe(`a shared series ${name}`, () => {
    const options = { name: 'series', ttlMs: LEASE_MS, maxMembers: 3 };
    let world: SharedWorld;
    let ours: SharedSeries;
    let theirs: SharedSeries;

    beforeEach(async () => {
      world = await start();
      ours = world.open().series(options);
      theirs = world.open().series(options);
    });

    afterEach(() => world.close());

    it('gives every replica the highest scores first, and of equals what sorts last', async () => {
      expect(await theirs.latest('a')).toEqual([]);
      const members = [
        { score: 7, text: 'x' },
        { score: Number.MAX_SAFE_INTEGER, text: 'a "é" 🙂 \u0000' },
        { score: 7, text: 'y' },
      ];
      expect(await ours.replace('a', members)).toBe('stored');
      expect(await theirs.latest('a')).toEqual(['a "é" 🙂 \u0000', 'y', 'x']);
      expect(await theirs.latest('b')).toEqual([]);
    });

    it('puts the whole of a series in the place of another, and takes it away', async () => {
      await ours.replace('a', [{ score: 1, text: 'old' }]);
      await theirs.replace('a', [{ score: 0, text: 'new' }]);
      expect(await ours.latest('a')).toEqual(['new']);
      expect(await ours.remove('a')).toBe('removed');
      expect(await theirs.latest('a')).toEqual([]);
      expect(await ours.remove('a')).toBe('removed');
    });

    it('reads no more than it was told, whatever lies there', async () => {
      const members = [1, 2, 3, 4, 5].map((score) => ({ score, text: `m${score}` }));
      await ours.replace('a', members);
      expect(await theirs.latest('a')).toEqual(['m5', 'm4', 'm3']);
    });

    it('ends with its life', async () => {
      const hasty = world.open().series({ ...options, name: 'hasty', ttlMs: SHORT_MS });
      await hasty.replace('a', [{ score: 1, text: 'x' }]);
      world.pass(SHORT_MS);
      await eventually('it is gone', async () => (await hasty.latest('a')).length === 0);
    });

    it('is locked apart from what it holds', async () => {
      const lock = held(await ours.lock('a', { leaseMs: LEASE_MS }));
      expect(await theirs.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'taken' });
      expect(await theirs.replace('a', [{ score: 1, text: 'x' }])).toBe('stored');
      expect(await lock.release()).toBe('released');
      expect((await theirs.lock('a', { leaseMs: LEASE_MS })).state).toBe('held');
      expect(await ours.latest('a')).toEqual(['x']);
    });
  });
}
