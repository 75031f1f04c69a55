import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, inOwnTime, TcpProxy } from '#libs/testing';
import { held, stored } from '../../test/shared-cache.contract.js';
import { SharedFleet, type SharedReplica } from '../../test/shared-fleet.js';
import { counterSchema, type CounterRegion } from '../../test/shared-world.js';

const LEASE_MS = 600_000;
const COMMAND_TIMEOUT_MS = 1_000;
/** Less than it takes until a silent connection is given up, which ends every wait on it. */
const BOUND_MS = 1_800;
/** Less than one wait. */
const AT_ONCE_MS = 800;

describe('the shared cache without Redis', () => {
  let fleet: SharedFleet;

  beforeEach(async () => {
    fleet = await SharedFleet.start();
  });

  afterEach(() => fleet.stop());

  /** For a Redis that falls silent. */
  async function openHasty(url = fleet.redis.url): Promise<[CounterRegion, SharedReplica]> {
    const replica = await fleet.openReady({ url, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    return [counterOf(replica), replica];
  }

  /** Where every answer comes or is refused: whatever waits for one waits for long. */
  async function openPatient(): Promise<[CounterRegion, SharedReplica]> {
    const replica = await fleet.openReady();
    return [counterOf(replica), replica];
  }

  function counterOf({ cache }: SharedReplica): CounterRegion {
    return cache.region({ name: 'counter', schema: counterSchema });
  }

  async function expectAway(region: CounterRegion): Promise<void> {
    const [, waitedMs] = await inOwnTime(async () => {
      expect(await region.get('a')).toBeUndefined();
      expect(await region.put('a', { count: 1 })).toEqual({ outcome: 'unavailable' });
      expect(await region.remove('a')).toEqual({ outcome: 'unavailable' });
      expect(await region.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'unavailable' });
    });
    expect(waitedMs).toBeLessThan(AT_ONCE_MS);
  }

  /** A busy machine may take longer for an answer than is waited for. */
  async function untilStored(region: CounterRegion): Promise<void> {
    await eventually('it is stored', async () => {
      return (await region.put('a', { count: 1 })).outcome === 'stored';
    });
  }

  it('bounds the first calls on a frozen Redis, answers the later ones at once, and recovers by itself', async () => {
    const [region, { store, failures, circuitChanges }] = await openHasty();
    await untilStored(region);
    failures.length = 0;
    circuitChanges.length = 0;
    fleet.redis.freeze();
    const [first, waitedMs] = await inOwnTime(() =>
      Promise.all([
        region.get('a'),
        region.put('a', { count: 2 }, { version: 'absent' }),
        region.lock('a', { leaseMs: LEASE_MS }),
      ]),
    );
    expect(waitedMs).toBeLessThan(BOUND_MS);
    expect(first).toEqual([undefined, { outcome: 'unavailable' }, { state: 'unavailable' }]);
    expect(failures).toEqual(['silent', 'silent', 'silent']);

    const [, laterMs] = await inOwnTime(async () => {
      for (let call = 0; call < 100; call += 1) expect(await region.get('a')).toBeUndefined();
    });
    expect(laterMs).toBeLessThan(AT_ONCE_MS);
    expect(failures.slice(3)).toEqual(Array.from({ length: 100 }, () => 'open'));

    fleet.redis.thaw();
    // Nobody asks meanwhile.
    await eventually('the circuit is closed', () => !store.isCircuitOpen);
    expect(circuitChanges).toEqual([true, false]);
    const kept = await eventually('it answers', () => region.get('a'));
    expect(kept.value).toEqual({ count: 1 });
  });

  it('bounds what is asked of a series of a frozen Redis, and answers the later calls at once', async () => {
    const [, { cache }] = await openHasty();
    const series = cache.series({ name: 'series', ttlMs: LEASE_MS, maxMembers: 9 });
    await eventually('it is stored', async () => {
      return (await series.replace('a', [{ score: 1, text: 'x' }])) === 'stored';
    });
    fleet.redis.freeze();
    const [first, waitedMs] = await inOwnTime(() => series.latest('a'));
    expect(first).toBe('unavailable');
    expect(waitedMs).toBeLessThan(BOUND_MS);
    const [, laterMs] = await inOwnTime(async () => {
      expect(await series.latest('a')).toBe('unavailable');
      expect(await series.replace('a', [])).toBe('unavailable');
      expect(await series.remove('a')).toBe('unavailable');
      expect(await series.lock('a', { leaseMs: LEASE_MS })).toEqual({ state: 'unavailable' });
    });
    expect(laterMs).toBeLessThan(AT_ONCE_MS);
  });

  it('recovers when Redis was silent for so long that the connection was given up', async () => {
    const [region, { store, connections }] = await openPatient();
    fleet.redis.freeze();
    await eventually('it is given up', () => {
      return connections.states().get('commands')?.status === 'lost';
    });
    await expectAway(region);
    fleet.redis.thaw();
    await eventually('the circuit is closed', () => !store.isCircuitOpen);
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
    await eventually('it is free', async () => {
      return (await region.lock('a', { leaseMs: LEASE_MS })).state === 'held';
    });
  });

  it('misses at once while Redis has never been up, and works when it comes', async () => {
    await fleet.redis.kill();
    const replica = fleet.open();
    const region = counterOf(replica);
    await expectAway(region);
    await fleet.redis.restart();
    await eventually('the circuit is closed', () => !replica.store.isCircuitOpen);
    expect((await region.put('a', { count: 1 })).outcome).toBe('stored');
  });

  it('misses when Redis was killed and came back empty; a version of before is stale', async () => {
    const [region, { store }] = await openPatient();
    const version = stored(await region.put('a', { count: 1 }));
    await fleet.redis.kill();
    await expectAway(region);
    await fleet.redis.restart({ empty: true });
    await eventually('the circuit is closed', () => !store.isCircuitOpen);
    expect(await region.get('a')).toBeUndefined();
    expect(await region.put('a', { count: 2 }, { version })).toEqual({ outcome: 'stale' });
  });

  it('does not repeat an update whose answer was lost on the way', async () => {
    const proxy = await TcpProxy.start({ targetPort: fleet.redis.port });
    try {
      const [region, { store }] = await openHasty(`redis://127.0.0.1:${proxy.port}`);
      const version = await eventually('it is stored', async () => {
        const written = await region.put('a', { count: 1 });
        return written.outcome === 'stored' && written.version;
      });
      proxy.freeze('to-client');
      expect(await region.put('a', { count: 2 }, { version })).toEqual({ outcome: 'unavailable' });
      proxy.forward();
      await eventually('the circuit is closed', () => !store.isCircuitOpen);
      await eventually('it is known to be stale', async () => {
        return (await region.put('a', { count: 2 }, { version })).outcome === 'stale';
      });
      const kept = await eventually('it answers', () => region.get('a'));
      expect(kept.value).toEqual({ count: 2 });
    } finally {
      await fleet.closeReplicas();
      await proxy.stop();
    }
  });

  it('is refused by a demoted primary, and goes on when there is one again', async () => {
    const [region, { failures }] = await openPatient();
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
    const [region, { failures, circuitChanges }] = await openPatient();
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
    const [region, { store, connections }] = await openPatient();
    const lock = held(await region.lock('a', { leaseMs: LEASE_MS }));
    store.stop();
    await connections.onApplicationShutdown();
    await expectAway(region);
    expect(await lock.release()).toBe('unavailable');
  });
});
