import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { eventually } from '#libs/testing';
import type { SharedCache } from '../src/shared/shared-cache.js';
import type { LockOutcome } from '../src/shared/take-lock.js';
import type { SharedLock } from '../src/shared/shared-lock.js';
import type { PutOutcome, SharedVersion } from '../src/shared/shared-store.js';
import { counterSchema, type CounterRegion, type SharedWorld } from './shared-world.js';

/** Long enough for a busy machine to act before it ends. */
const LEASE_MS = 60_000;
/** Short enough to wait for its end. */
const SHORT_MS = 150;

export function stored(outcome: PutOutcome): SharedVersion {
  if (outcome.outcome !== 'stored') throw new Error(`not stored but ${outcome.outcome}`);
  return outcome.version;
}

export function held(outcome: LockOutcome): SharedLock {
  if (outcome.state !== 'held') throw new Error(`not held but ${outcome.state}`);
  return outcome.lock;
}

/** What a shared cache does while its store is there. */
export function describeSharedCache(name: string, start: () => Promise<SharedWorld>): void {
  describe(`a shared cache ${name}`, () => {
    let world: SharedWorld;
    let one: SharedCache;
    let other: SharedCache;
    let ours: CounterRegion;
    let theirs: CounterRegion;

    beforeEach(async () => {
      world = await start();
      one = world.open();
      other = world.open();
      ours = one.region({ name: 'counter', schema: counterSchema });
      theirs = other.region({ name: 'counter', schema: counterSchema });
    });

    afterEach(() => world.close());

    async function untilGone(region: CounterRegion, key: string): Promise<void> {
      world.pass(SHORT_MS);
      await eventually('it is gone', async () => (await region.get(key)) === undefined);
    }

    function lockWhenFree(region: CounterRegion, key: string): Promise<SharedLock> {
      world.pass(SHORT_MS);
      return eventually('it is free', async () =>
        held(await region.lock(key, { leaseMs: LEASE_MS })),
      );
    }

    it('gives every replica what one has put', async () => {
      expect(await theirs.get('a')).toBeUndefined();
      const version = stored(await ours.put('a', { count: 1 }));
      expect(await theirs.get('a')).toEqual({ value: { count: 1 }, version });
      expect(await theirs.get('b')).toBeUndefined();
    });

    it('keeps the keys of two regions apart, and any text comes back as it was', async () => {
      const texts = one.region({ name: 'texts', schema: z.string() });
      const value = '\u0000 "é" 漢字 🙂 \r\n';
      await texts.put('a b:ü/🙂', value);
      await ours.put('a b:ü/🙂', { count: 1 });
      expect((await texts.get('a b:ü/🙂'))?.value).toBe(value);
    });

    it('refuses a put whose version is stale, and tells what is there', async () => {
      const first = stored(await ours.put('a', { count: 1 }));
      const second = stored(await theirs.put('a', { count: 2 }, { version: first }));
      expect(await ours.put('a', { count: 3 }, { version: first })).toEqual({
        outcome: 'stale',
        version: second,
      });
      expect((await ours.get('a'))?.value).toEqual({ count: 2 });
      await ours.put('a', { count: 4 });
      expect((await theirs.get('a'))?.value).toEqual({ count: 4 });
    });

    it('lets only one make an entry anew', async () => {
      const version = stored(await ours.put('a', { count: 1 }, { version: 'absent' }));
      expect(await theirs.put('a', { count: 2 }, { version: 'absent' })).toEqual({
        outcome: 'stale',
        version,
      });
    });

    it('removes an entry, if it is still the one that is meant', async () => {
      const first = stored(await ours.put('a', { count: 1 }));
      const second = stored(await ours.put('a', { count: 2 }));
      expect(await theirs.remove('a', { version: first })).toEqual({
        outcome: 'stale',
        version: second,
      });
      expect(await theirs.remove('a', { version: second })).toEqual({ outcome: 'removed' });
      expect(await ours.get('a')).toBeUndefined();
      expect(await ours.remove('a', { version: second })).toEqual({ outcome: 'stale' });
      expect(await ours.remove('a')).toEqual({ outcome: 'removed' });
    });

    it('never repeats a version: not after an end, a removal, or a loss of everything', async () => {
      const versions = [stored(await ours.put('a', { count: 1 }, { ttlMs: SHORT_MS }))];
      await untilGone(ours, 'a');
      versions.push(stored(await ours.put('a', { count: 1 }, { version: 'absent' })));
      await ours.remove('a');
      versions.push(stored(await ours.put('a', { count: 1 }, { version: 'absent' })));
      await world.empty();
      for (const version of versions) {
        expect(await ours.put('a', { count: 9 }, { version })).toEqual({ outcome: 'stale' });
      }
      versions.push(stored(await ours.put('a', { count: 1 })));
      versions.push(stored(await ours.put('a', { count: 1 })));
      expect(new Set(versions).size).toBe(versions.length);
    });

    it('ends an entry after its own life, or that of its region', async () => {
      const hasty = one.region({ name: 'hasty', schema: counterSchema, ttlMs: SHORT_MS });
      await hasty.put('a', { count: 1 });
      await hasty.put('b', { count: 1 }, { ttlMs: LEASE_MS });
      await untilGone(hasty, 'a');
      expect(await hasty.get('b')).toBeDefined();
    });

    it('misses what another release wrote and this one does not understand', async () => {
      const next = other.region({ name: 'older', schema: z.object({ total: z.string() }) });
      const older = one.region({ name: 'older', schema: counterSchema });
      await next.put('a', { total: '1' });
      expect(await older.get('a')).toBeUndefined();
      await older.put('a', { count: 1 });
      expect((await older.get('a'))?.value).toEqual({ count: 1 });
    });

    it('refuses a value that is too large before anything is sent', async () => {
      const small = one.region({ name: 'small', schema: z.string(), maxBytes: 6 });
      await small.put('a', 'aéa');
      await expect(small.put('a', 'aéaa')).rejects.toMatchObject({
        code: 'cache.shared-value-too-large',
        details: { region: 'small', bytes: 7, maxBytes: 6 },
      });
      expect((await small.get('a'))?.value).toBe('aéa');
    });

    it('fails a second taker at once, until the holder releases', async () => {
      const lock = held(await ours.lock('a', { leaseMs: LEASE_MS }));
      expect(await theirs.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'taken' });
      expect(await ours.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'taken' });
      expect((await theirs.lock('b', { leaseMs: LEASE_MS })).state).toBe('held');
      expect((await theirs.put('a', { count: 1 })).outcome).toBe('stored');
      expect(await lock.release()).toBe('released');
      expect((await theirs.lock('a', { leaseMs: LEASE_MS })).state).toBe('held');
    });

    it('frees an expired lease, and a late holder cannot touch the lock of the next', async () => {
      const lock = held(await ours.lock('a', { leaseMs: SHORT_MS }));
      const next = await lockWhenFree(theirs, 'a');
      expect(lock.isHeld()).toBe(false);
      expect(await lock.extend(LEASE_MS)).toBe('lost');
      expect(await lock.release()).toBe('lost');
      expect(next.isHeld()).toBe(true);
      expect(await ours.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'taken' });
      expect(await next.release()).toBe('released');
    });

    it('does not revive a lease that has ended, even when nobody took the lock since', async () => {
      const lock = held(await ours.lock('a', { leaseMs: SHORT_MS }));
      world.pass(SHORT_MS);
      // Each of these is too short to keep it until the next.
      await eventually('it has ended', async () => (await lock.extend(1)) === 'lost');
      expect((await theirs.lock('a', { leaseMs: LEASE_MS })).state).toBe('held');
    });

    it('extends a lease that lasts, and never makes it shorter', async () => {
      const lock = held(await ours.lock('a', { leaseMs: LEASE_MS }));
      const expiresAtMs = lock.expiresAtMs;
      expect(await lock.extend(1)).toBe('extended');
      expect(lock.expiresAtMs).toBe(expiresAtMs);
      world.pass(1);
      expect(await theirs.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'taken' });
      expect(await lock.extend(2 * LEASE_MS)).toBe('extended');
      expect(lock.expiresAtMs).toBeGreaterThanOrEqual(expiresAtMs + LEASE_MS);
      world.pass(LEASE_MS);
      expect(await theirs.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'taken' });
      await lock.release();
      expect(await lock.extend(LEASE_MS)).toBe('lost');
      expect(await lock.release()).toBe('lost');
    });

    it('gives every holder a greater fence, also after a loss of everything', async () => {
      const fences: number[] = [];
      for (let round = 0; round < 20; round += 1) {
        const lock = held(await (round % 2 === 0 ? ours : theirs).lock('a', { leaseMs: LEASE_MS }));
        fences.push(lock.fence);
        if (round % 3 === 0) await world.empty();
        else await lock.release();
      }
      expect(fences.every(Number.isSafeInteger)).toBe(true);
      expect(fences).toEqual([...new Set(fences)].toSorted((a, b) => a - b));
    });
  });
}
