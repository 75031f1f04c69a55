import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '#libs/kernel';
import { eventually, TcpProxy } from '#libs/testing';
import { held, stored } from '../../test/shared-cache.contract.js';
import { SharedFleet, type SharedReplica } from '../../test/shared-fleet.js';
import { counterSchema, type CounterRegion } from '../../test/shared-world.js';

jest.setTimeout(60_000);

const LEASE_MS = 600_000;
const COMMAND_TIMEOUT_MS = 300;
/** Less than it takes until a silent connection is given up, which ends every wait on it. */
const BOUND_MS = 1_800;
/** For what takes no time, on a busy machine. */
const AT_ONCE_MS = 1_000;

describe('the shared cache without Redis', () => {
  let fleet: SharedFleet;

  beforeEach(async () => {
    fleet = await SharedFleet.start();
  });

  afterEach(() => fleet.stop());

  async function openHasty(url = fleet.redis.url): Promise<[CounterRegion, SharedReplica]> {
    const replica = await fleet.openReady({ url, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    return [counterOf(replica), replica];
  }

  function counterOf({ cache }: SharedReplica): CounterRegion {
    return cache.region({ name: 'counter', schema: counterSchema });
  }

  async function expectAway(region: CounterRegion): Promise<void> {
    const startedAtMs = systemClock.monotonicMs();
    expect(await region.get('a')).toBeUndefined();
    expect(await region.put('a', { count: 1 })).toEqual({ outcome: 'unavailable' });
    expect(await region.remove('a')).toEqual({ outcome: 'unavailable' });
    expect(await region.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'unavailable' });
    expect(systemClock.monotonicMs() - startedAtMs).toBeLessThan(AT_ONCE_MS);
  }

  it('bounds the first calls on a frozen Redis, answers the later ones at once, and recovers by itself', async () => {
    const [region, { store, failures, circuitChanges }] = await openHasty();
    await eventually('it is stored', async () => {
      return (await region.put('a', { count: 1 })).outcome === 'stored';
    });
    failures.length = 0;
    circuitChanges.length = 0;
    fleet.redis.freeze();
    const frozenAtMs = systemClock.monotonicMs();
    const first = await Promise.all([
      region.get('a'),
      region.put('a', { count: 2 }, { version: 'absent' }),
      region.lock('a', { leaseMs: LEASE_MS }),
    ]);
    expect(systemClock.monotonicMs() - frozenAtMs).toBeLessThan(BOUND_MS);
    expect(first).toEqual([undefined, { outcome: 'unavailable' }, { state: 'unavailable' }]);
    expect(failures).toEqual(['silent', 'silent', 'silent']);

    const laterAtMs = systemClock.monotonicMs();
    for (let call = 0; call < 100; call += 1) expect(await region.get('a')).toBeUndefined();
    expect(systemClock.monotonicMs() - laterAtMs).toBeLessThan(AT_ONCE_MS);
    expect(failures.slice(3)).toEqual(Array.from({ length: 100 }, () => 'open'));

    fleet.redis.thaw();
    // Nobody asks meanwhile.
    await eventually('the circuit is closed', () => !store.isCircuitOpen, { withinMs: 5_000 });
    expect(circuitChanges).toEqual([true, false]);
    expect((await region.get('a'))?.value).toEqual({ count: 1 });
  });

  it('bounds what is asked of a series of a frozen Redis, and answers the later calls at once', async () => {
    const [, { cache }] = await openHasty();
    const series = cache.series({ name: 'series', ttlMs: LEASE_MS, maxMembers: 9 });
    await series.replace('a', [{ score: 1, text: 'x' }]);
    fleet.redis.freeze();
    const frozenAtMs = systemClock.monotonicMs();
    expect(await series.latest('a')).toBe('unavailable');
    expect(systemClock.monotonicMs() - frozenAtMs).toBeLessThan(BOUND_MS);
    const laterAtMs = systemClock.monotonicMs();
    expect(await series.latest('a')).toBe('unavailable');
    expect(await series.replace('a', [])).toBe('unavailable');
    expect(await series.remove('a')).toBe('unavailable');
    expect(await series.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'unavailable' });
    expect(systemClock.monotonicMs() - laterAtMs).toBeLessThan(AT_ONCE_MS);
  });

  it('recovers when Redis was silent for so long that the connection was given up', async () => {
    const [region, { store, connections }] = await openHasty();
    fleet.redis.freeze();
    await eventually('it is given up', () => {
      return connections.states().get('commands')?.status === 'lost';
    });
    await expectAway(region);
    fleet.redis.thaw();
    await eventually('the circuit is closed', () => !store.isCircuitOpen, { withinMs: 5_000 });
    expect((await region.put('a', { count: 1 })).outcome).toBe('stored');
  });

  it('leaves no lock behind that was taken when nobody waited for it any more', async () => {
    const [region, { store }] = await openHasty();
    fleet.redis.freeze();
    expect(await region.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'unavailable' });
    fleet.redis.thaw();
    await eventually('the circuit is closed', () => !store.isCircuitOpen);
    // The taking did arrive.
    expect(await fleet.redis.cli('EXISTS', fleet.names.sharedLock('counter', 'a'))).toBe('1');
    expect((await region.lock('a', { leaseMs: LEASE_MS })).state).toBe('held');
  });

  it('misses at once while Redis has never been up, and works when it comes', async () => {
    await fleet.redis.kill();
    const replica = fleet.open({ commandTimeoutMs: COMMAND_TIMEOUT_MS });
    const region = counterOf(replica);
    await expectAway(region);
    await fleet.redis.restart();
    await eventually('the circuit is closed', () => !replica.store.isCircuitOpen, {
      withinMs: 5_000,
    });
    expect((await region.put('a', { count: 1 })).outcome).toBe('stored');
  });

  it('misses when Redis was killed and came back empty; a version of before is stale', async () => {
    const [region, { store }] = await openHasty();
    const version = stored(await region.put('a', { count: 1 }));
    await fleet.redis.kill();
    await expectAway(region);
    await fleet.redis.restart({ empty: true });
    await eventually('the circuit is closed', () => !store.isCircuitOpen, { withinMs: 5_000 });
    expect(await region.get('a')).toBeUndefined();
    expect(await region.put('a', { count: 2 }, { version })).toEqual({ outcome: 'stale' });
  });

  it('does not repeat an update whose answer was lost on the way', async () => {
    const proxy = await TcpProxy.start({ targetPort: fleet.redis.port });
    try {
      const [region, { store }] = await openHasty(`redis://127.0.0.1:${proxy.port}`);
      const version = stored(await region.put('a', { count: 1 }));
      proxy.freeze('to-client');
      expect(await region.put('a', { count: 2 }, { version })).toEqual({ outcome: 'unavailable' });
      proxy.forward();
      await eventually('the circuit is closed', () => !store.isCircuitOpen);
      expect((await region.put('a', { count: 2 }, { version })).outcome).toBe('stale');
      const kept = await eventually('it answers', () => region.get('a'));
      expect(kept.value).toEqual({ count: 2 });
    } finally {
      await fleet.closeReplicas();
      await proxy.stop();
    }
  });

  it('is refused by a demoted primary, and goes on when there is one again', async () => {
    const [region, { failures }] = await openHasty();
    await region.put('a', { count: 1 });
    await fleet.redis.cli('REPLICAOF', '127.0.0.1', '1');
    expect(await region.put('a', { count: 2 })).toEqual({ outcome: 'unavailable' });
    expect(failures[0]).toBe('refused');
    await fleet.redis.cli('REPLICAOF', 'NO', 'ONE');
    await eventually('it is stored', async () => {
      return (await region.put('a', { count: 3 })).outcome === 'stored';
    });
  });

  it('still reads, and keeps the circuit closed, when the memory of Redis is full', async () => {
    const [region, { failures, circuitChanges }] = await openHasty();
    await region.put('a', { count: 1 });
    await fleet.redis.cli('CONFIG', 'SET', 'maxmemory', '1');
    expect(await region.put('a', { count: 2 })).toEqual({ outcome: 'unavailable' });
    expect(await region.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'unavailable' });
    expect((await region.get('a'))?.value).toEqual({ count: 1 });
    expect(failures).toEqual(['refused', 'refused']);
    expect(circuitChanges).toEqual([]);
    await fleet.redis.cli('CONFIG', 'SET', 'maxmemory', '0');
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    expect(await lock.release()).toBe('released');
  });

  it('is unavailable at once after its end', async () => {
    const [region, { store, connections }] = await openHasty();
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    store.stop();
    await connections.onApplicationShutdown();
    await expectAway(region);
    expect(await lock.release()).toBe('unavailable');
  });
});
