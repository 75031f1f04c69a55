import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { gate, InMemorySharedStore, ManualClock } from '#libs/testing';
import { held, stored } from '../../test/shared-cache.contract.js';
import { counterSchema } from '../../test/shared-world.js';
import { SharedCache } from './shared-cache.js';

const LEASE_MS = 10_000;

describe('SharedRegion', () => {
  let clock: ManualClock;
  let store: InMemorySharedStore;
  let cache: SharedCache;
  let results: string[];

  beforeEach(() => {
    clock = new ManualClock();
    store = new InMemorySharedStore(clock);
    results = [];
    cache = new SharedCache({
      store,
      clock,
      onResult: (...parts) => results.push(parts.join(' ')),
    });
  });

  it('has a name of its own in the process, without a colon', () => {
    cache.region({ name: 'session', schema: z.string() });
    expect(() => cache.region({ name: 'session', schema: z.string() })).toThrow(
      expect.objectContaining({ code: 'cache.shared-region-exists' }),
    );
    const series = { ttlMs: 1_000, maxMembers: 1 };
    expect(() => cache.series({ ...series, name: 'session' })).toThrow(
      expect.objectContaining({ code: 'cache.shared-region-exists' }),
    );
    for (const name of ['', 'a:b', 'Session', '-a']) {
      expect(() => cache.region({ name, schema: z.string() })).toThrow(
        expect.objectContaining({ code: 'cache.shared-name-invalid' }),
      );
    }
  });

  it('lets an entry live for 48 hours', async () => {
    const region = cache.region({ name: 'text', schema: z.string() });
    await region.put('a', 'x');
    clock.advance(48 * 3_600_000 - 1);
    expect(await region.get('a')).toBeDefined();
    clock.advance(1);
    expect(await region.get('a')).toBeUndefined();
  });

  it('refuses a life or a lease that is not a whole number of milliseconds of up to a year', async () => {
    const region = cache.region({ name: 'text', schema: z.string() });
    const refused = { code: 'cache.shared-duration-invalid' };
    for (const ms of [0, -1, 0.5, Number.NaN, Infinity, 366 * 24 * 3_600_000]) {
      await expect(region.put('a', 'x', { ttlMs: ms })).rejects.toMatchObject(refused);
      await expect(region.lock('a', { leaseMs: ms })).rejects.toMatchObject(refused);
      expect(() => cache.region({ name: 'other', schema: z.string(), ttlMs: ms })).toThrow(
        expect.objectContaining(refused),
      );
    }
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    await expect(lock.extend(0)).rejects.toMatchObject(refused);
  });

  it('misses, and throws nothing, while the store is unavailable', async () => {
    const region = cache.region({ name: 'text', schema: z.string() });
    await region.put('a', 'x');
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    const { expiresAtMs } = lock;
    store.isAvailable = false;
    expect(await region.get('a')).toBeUndefined();
    expect(await region.put('a', 'y')).toEqual({ outcome: 'unavailable' });
    expect(await region.remove('a')).toEqual({ outcome: 'unavailable' });
    expect(await region.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'unavailable' });
    expect(await lock.extend(2 * LEASE_MS)).toBe('unavailable');
    expect(lock.isHeld()).toBe(true);
    expect(lock.expiresAtMs).toBe(expiresAtMs);
    expect(await lock.release()).toBe('unavailable');
    expect(lock.isHeld()).toBe(false);
  });

  it('counts every operation by its result, without keys', async () => {
    const region = cache.region({ name: 'text', schema: z.string() });
    await region.get('secret');
    const version = stored(await region.put('secret', 'x'));
    await region.put('secret', 'x', { version: 'absent' });
    await region.get('secret');
    await region.remove('secret', { version });
    await store.write({ region: 'text', key: 'secret' }, { text: '{', version, ttlMs: 1_000 });
    await region.get('secret');
    const lock = held(await region.lock('secret', { leaseMs: LEASE_MS }));
    await region.lock('secret', { leaseMs: LEASE_MS });
    await lock.extend(LEASE_MS);
    await lock.release();
    store.isAvailable = false;
    await region.get('secret');
    expect(results).toEqual([
      'text get miss',
      'text put stored',
      'text put stale',
      'text get hit',
      'text remove removed',
      'text get unfit',
      'text lock held',
      'text lock taken',
      'text extend extended',
      'text release released',
      'text get unavailable',
    ]);
  });

  describe('lock', () => {
    const schema = counterSchema;

    it('counts the lease from before it was asked for', async () => {
      const take = store.take.bind(store);
      store.take = (...args) => {
        clock.advance(4_000);
        const taken = take(...args);
        clock.advance(4_000);
        return taken;
      };
      const region = cache.region({ name: 'counter', schema });
      const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
      clock.advance(1_999);
      expect(lock.isHeld()).toBe(true);
      clock.advance(1);
      expect(lock.isHeld()).toBe(false);
      store.take = take;
      expect(await region.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'taken' });
    });

    it('counts an extension from before it was asked for', async () => {
      const region = cache.region({ name: 'counter', schema });
      const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
      const extend = store.extend.bind(store);
      store.extend = async (...args) => {
        const extended = await extend(...args);
        clock.advance(3_000);
        return extended;
      };
      clock.advance(5_000);
      await lock.extend(LEASE_MS);
      clock.advance(6_999);
      expect(lock.isHeld()).toBe(true);
      clock.advance(1);
      expect(lock.isHeld()).toBe(false);
    });

    it('is not swayed by a wall clock that is corrected', async () => {
      const region = cache.region({ name: 'counter', schema });
      const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
      clock.jumpWall(-3_600_000);
      expect(lock.isHeld()).toBe(true);
      clock.advance(LEASE_MS);
      expect(lock.isHeld()).toBe(false);
    });

    it('stays given up when an extension is answered after the release', async () => {
      const region = cache.region({ name: 'counter', schema });
      const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
      const answered = gate();
      const extend = store.extend.bind(store);
      store.extend = async (...args) => {
        const extended = await extend(...args);
        await answered.opened;
        return extended;
      };
      const extension = lock.extend(LEASE_MS);
      await lock.release();
      answered.open();
      await extension;
      expect(lock.isHeld()).toBe(false);
    });
  });
});
