import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#libs/kernel';
import { eventually } from '#libs/testing';
import { describeSharedCacheSafety } from '../../test/shared-cache-safety.contract.js';
import { describeSharedCache, held, stored } from '../../test/shared-cache.contract.js';
import { SharedFleet } from '../../test/shared-fleet.js';
import { describeSharedSeries } from '../../test/shared-series.contract.js';
import { sharedSteps, SharedStoreModel } from '../../test/shared-store.model.js';
import type { CounterRegion } from '../../test/shared-world.js';
import type { SharedVersion } from './shared-store.js';

const HOUR_MS = 3_600_000;
const LEASE_MS = 60_000;
const FUTURE_MS = 10 * 365 * 24 * HOUR_MS;

let fleet: SharedFleet;

beforeAll(async () => {
  fleet = await SharedFleet.start();
});

afterAll(() => fleet.stop());

describeSharedCache('in Redis', () => fleet.world());
describeSharedSeries('in Redis', () => fleet.world());
describeSharedCacheSafety('in Redis', () => fleet.world());

describe('RedisSharedStore', () => {
  const entryKey = (key: string): string => fleet.names.sharedEntry('counter', key);
  const lockKey = (key: string): string => fleet.names.sharedLock('counter', key);
  const lifeMs = async (name: string): Promise<number> =>
    Number(await fleet.redis.cli('PTTL', name));
  let regions: CounterRegion[];
  let region: CounterRegion;

  beforeEach(async () => {
    await fleet.redis.cli('FLUSHALL');
    regions = await fleet.counters(5);
    region = regionOf(0);
  });

  afterEach(() => fleet.closeReplicas());

  function regionOf(index: number): CounterRegion {
    const chosen = regions[index % regions.length];
    if (chosen === undefined) throw new RangeError('no region');
    return chosen;
  }

  it('loses none of the updates of 50 writers on 5 connections', async () => {
    let refused = 0;
    const increment = async (writer: CounterRegion): Promise<void> => {
      for (;;) {
        const entry = await writer.get('sum');
        const value = { count: (entry?.value.count ?? 0) + 1 };
        const put = await writer.put('sum', value, { version: entry?.version ?? 'absent' });
        if (put.outcome === 'stored') return;
        refused += 1;
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, writer) => increment(regionOf(writer))));
    expect((await region.get('sum'))?.value.count).toBe(50);
    expect(refused).toBeGreaterThan(0);
  });

  it('lets one of 50 lockers on 5 connections win, and tells the others at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, locker) => regionOf(locker).lock('a', { leaseMs: LEASE_MS })),
    );
    expect(outcomes.filter(({ state }) => state === 'held')).toHaveLength(1);
    expect(outcomes.filter(({ state }) => state === 'taken')).toHaveLength(49);
  });

  it('keeps an entry for 48 hours, or as long as it is told', async () => {
    await region.put('a', { count: 1 });
    expect(await lifeMs(entryKey('a'))).toBeGreaterThan(48 * HOUR_MS - LEASE_MS);
    expect(await lifeMs(entryKey('a'))).toBeLessThanOrEqual(48 * HOUR_MS);
    await region.put('a', { count: 1 }, { ttlMs: HOUR_MS });
    expect(await lifeMs(entryKey('a'))).toBeLessThanOrEqual(HOUR_MS);
    expect(await lifeMs(entryKey('a'))).toBeGreaterThan(HOUR_MS - LEASE_MS);
  });

  it('gives a greater fence to a holder after Redis was started anew without its data', async () => {
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    await fleet.redis.restart({ empty: true });
    const next = await eventually('it is taken', async () =>
      held(await region.lock('a', { leaseMs: LEASE_MS })),
    );
    expect(next.fence).toBeGreaterThan(lock.fence);
    expect(await lock.release()).toBe('lost');
  });

  it('gives a greater fence although the clock of Redis was set back', async () => {
    const future = (Date.now() + FUTURE_MS) * 1_000;
    await fleet.redis.cli('SET', lockKey('a'), ` ${future} 0`);
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    expect(lock.fence).toBe(future + 1);
    await lock.release();
    // It is remembered until the clock has passed it.
    expect(await lifeMs(lockKey('a'))).toBeGreaterThan(FUTURE_MS - LEASE_MS);
    expect(held(await region.lock('a', { leaseMs: LEASE_MS })).fence).toBe(future + 2);
  });

  it('remembers the fence for an hour after the lease, and leaves nothing for longer', async () => {
    const lock = held(await region.lock('a', { leaseMs: HOUR_MS }));
    await lock.extend(1);
    expect(await lifeMs(lockKey('a'))).toBeGreaterThan(2 * HOUR_MS - LEASE_MS);
    expect(await lifeMs(lockKey('a'))).toBeLessThanOrEqual(2 * HOUR_MS);
    await lock.release();
    expect(await lifeMs(lockKey('a'))).toBeGreaterThan(HOUR_MS - LEASE_MS);
    expect(await lifeMs(lockKey('a'))).toBeLessThanOrEqual(HOUR_MS);
  });

  it('counts what it did not write as nothing: a miss, and no obstacle', async () => {
    const { connections } = await fleet.openReady();
    const client = connections.open('commands');
    const plants: ((name: string) => Promise<unknown>)[] = [
      (name) => client.set(name, 'garbage'),
      (name) => client.set(name, ''),
      (name) => client.set(name, `${newId()} {"count":`),
      (name) => client.set(name, `${newId()} {"total":1}`),
      (name) => client.lpush(name, 'a list'),
    ];
    for (const [index, plant] of plants.entries()) {
      const key = `planted-${index}`;
      await plant(entryKey(key));
      expect(await region.get(key)).toBeUndefined();
      expect((await region.put(key, { count: 1 })).outcome).toBe('stored');
      expect((await region.get(key))?.value).toEqual({ count: 1 });

      await plant(lockKey(key));
      const lock = held(await region.lock(key, { leaseMs: LEASE_MS }));
      await client.del(lockKey(key));
      await plant(lockKey(key));
      expect(await lock.extend(LEASE_MS)).toBe('lost');
    }
    for (const plant of [plants[0], plants[4]]) {
      await client.del(entryKey('b'));
      await plant?.(entryKey('b'));
      expect(await region.put('b', { count: 1 }, { version: 'absent' })).toMatchObject({
        outcome: 'stored',
      });
      await client.del(entryKey('b'));
      await plant?.(entryKey('b'));
      const version = newId() as SharedVersion;
      expect(await region.remove('b', { version })).toEqual({ outcome: 'stale' });
      expect(await region.remove('b')).toEqual({ outcome: 'removed' });
      expect(await client.exists(entryKey('b'))).toBe(0);
    }
  });

  it('finds no members in what is no series, and puts one in its place', async () => {
    const { cache, connections } = await fleet.openReady();
    const series = cache.series({ name: 'counter', ttlMs: LEASE_MS, maxMembers: 9 });
    const client = connections.open('commands');
    await client.lpush(entryKey('a'), 'a list');
    expect(await series.latest('a')).toEqual([]);
    expect(await series.replace('a', [{ score: 1, text: 'x' }])).toBe('stored');
    expect(await series.latest('a')).toEqual(['x']);
    expect(await fleet.redis.cli('ZSCORE', entryKey('a'), 'x')).toBe('1');
    expect(await lifeMs(entryKey('a'))).toBeGreaterThan(0);
    await client.del(entryKey('a'));
    await client.lpush(entryKey('a'), 'a list');
    expect(await series.remove('a')).toBe('removed');
    expect(await client.exists(entryKey('a'))).toBe(0);
  });

  it('goes on when Redis has forgotten its scripts', async () => {
    const version = stored(await region.put('a', { count: 1 }));
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    await fleet.redis.cli('SCRIPT', 'FLUSH');
    const [put, taken, extended] = await Promise.all([
      region.put('a', { count: 2 }, { version }),
      region.lock('a', { leaseMs: LEASE_MS }),
      lock.extend(LEASE_MS),
    ]);
    expect([put.outcome, taken.state, extended]).toEqual(['stored', 'taken', 'extended']);
    await fleet.redis.cli('SCRIPT', 'FLUSH');
    expect(await lock.release()).toBe('released');
    await fleet.redis.cli('SCRIPT', 'FLUSH');
    expect(await region.remove('a')).toEqual({ outcome: 'removed' });
  });

  it('does what the model of a shared store says', async () => {
    const { store, connections } = await fleet.openReady();
    const client = connections.open('commands');
    await fc.assert(
      fc.asyncProperty(sharedSteps, async (steps) => {
        const model = new SharedStoreModel(
          store,
          async () => void (await client.flushall()),
          newId(),
        );
        for (const step of steps) await model.play(step);
      }),
      { numRuns: 40 },
    );
  });
});
