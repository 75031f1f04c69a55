import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, ManualClock, ManualScheduler, settled, type Gate } from '#libs/testing';
import { CachedReader, type ReaderEnvironment } from './cached-reader.js';
import { Coherence, EVERYTHING } from './coherence.js';
import type { LoadContext } from './load.js';
import { observeReads, ReadObserver } from './read-observer.js';
import type { ReaderPolicy } from './reader-policy.js';
import { TurnClock } from './turn-clock.js';

const LEASE_MS = 2_000;
const MAX_STALE_MS = 60_000;

class World {
  readonly clock = new ManualClock();
  readonly scheduler = new ManualScheduler(this.clock);
  readonly coherence = new Coherence();
  isLogReachable = true;
  renewals = 0;
  /** What the log says when it is followed. */
  beforeFollow: () => void = () => undefined;

  readonly environment: ReaderEnvironment = {
    coherence: this.coherence,
    clock: new TurnClock(this.clock, this.scheduler),
    scheduler: this.scheduler,
    lease: {
      renew: () => {
        this.renewals += 1;
        if (!this.isLogReachable) return Promise.resolve(false);
        this.beforeFollow();
        this.coherence.followed(this.clock.monotonicMs());
        return Promise.resolve(true);
      },
    },
    leaseMs: LEASE_MS,
    maxStaleMs: MAX_STALE_MS,
    maxBytes: 1_000_000,
    random: () => 0.5,
  };

  constructor() {
    this.coherence.followed(this.clock.monotonicMs());
  }

  /** A reader over a row that the test changes; loads pass the gates put up for them, in order. */
  reader(overrides: Partial<ReaderPolicy<string, { v: number }>> = {}) {
    const rows = new Map<string, { v: number }>([['a', { v: 1 }]]);
    const gates: Gate[] = [];
    let loads = 0;
    const load = async (key: string, context: LoadContext) => {
      loads += 1;
      const pending = gates.shift();
      const seen = rows.get(key);
      await pending?.opened;
      context.tag(`late:${key}`);
      return seen === undefined ? undefined : { ...seen };
    };
    const reader = new CachedReader<string, { v: number }>(
      {
        name: 'rows',
        key: (key) => key,
        tags: (key) => [`row:${key}`],
        load,
        ttlMs: 10_000,
        ...overrides,
      },
      this.environment,
    );
    return { reader, rows, gates, loads: () => loads };
  }
}

describe('CachedReader', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('answers a hit synchronously with a frozen value', async () => {
    const { reader, loads } = world.reader();
    await reader.get('a');
    const hit = reader.get('a');
    expect(hit).toEqual({ v: 1 });
    expect(Object.isFrozen(hit)).toBe(true);
    expect(loads()).toBe(1);
  });

  it('shares one load among concurrent misses', async () => {
    const { reader, gates, loads } = world.reader();
    const pending = gate();
    gates.push(pending);
    const readers = Array.from({ length: 200 }, async () => reader.get('a'));
    await settled();
    pending.open();
    expect(new Set(await Promise.all(readers))).toEqual(new Set([{ v: 1 }]));
    expect(loads()).toBe(1);
  });

  for (const tag of ['row:a', 'late:a', EVERYTHING]) {
    it(`does not store a load that an invalidation of ${tag} overtook`, async () => {
      const { reader, rows, gates } = world.reader();
      const pending = gate();
      gates.push(pending);
      const waiting = reader.get('a');
      await settled();
      rows.set('a', { v: 2 });
      world.coherence.apply([tag]);
      pending.open();
      expect(await waiting).toEqual({ v: 1 });
      expect(await reader.get('a')).toEqual({ v: 2 });
    });

    it(`gives a reader that asks after an invalidation of ${tag} the new value`, async () => {
      const { reader, rows, gates } = world.reader();
      const pending = gate();
      gates.push(pending);
      const early = reader.get('a');
      await settled();
      rows.set('a', { v: 2 });
      world.coherence.apply([tag]);
      const late = reader.get('a');
      await settled();
      pending.open();
      expect(await early).toEqual({ v: 1 });
      expect(await late).toEqual({ v: 2 });
    });
  }

  it('gives the new value to a reader between two invalidations of the same load', async () => {
    const { reader, rows, gates } = world.reader({ tags: () => [] });
    const pending = gate();
    gates.push(pending);
    const early = reader.get('a');
    await settled();
    rows.set('a', { v: 2 });
    world.coherence.apply(['late:a']);
    const between = reader.get('a');
    await settled();
    world.coherence.apply(['late:a']);
    pending.open();
    expect(await early).toEqual({ v: 1 });
    expect(await between).toEqual({ v: 2 });
  });

  it('runs at most two loads of a key at once', async () => {
    const { reader, rows, gates, loads } = world.reader();
    const [first, second] = [gate(), gate()];
    gates.push(first, second);
    void reader.get('a');
    await settled();
    world.coherence.apply(['row:a']);
    void reader.get('a');
    await settled();
    world.coherence.apply(['row:a']);
    rows.set('a', { v: 3 });
    const third = reader.get('a');
    await settled();
    expect(loads()).toBe(2);
    first.open();
    expect(await third).toEqual({ v: 3 });
    expect(loads()).toBe(3);
    second.open();
  });

  it('removes an entry when one of its tags is invalidated, and no other', async () => {
    const { reader, rows, loads } = world.reader();
    rows.set('b', { v: 7 });
    await reader.get('a');
    await reader.get('b');
    rows.set('a', { v: 2 });
    world.coherence.apply(['late:a']);
    expect(await reader.get('a')).toEqual({ v: 2 });
    expect(reader.get('b')).toEqual({ v: 7 });
    expect(loads()).toBe(3);
  });

  it('keeps no tag of an entry that is gone', async () => {
    const { reader } = world.reader();
    await reader.get('a');
    world.coherence.apply(['row:a']);
    expect(reader.size).toBe(0);
    expect(world.coherence.tags.size).toBe(0);
  });

  it('caches that something does not exist, for a shorter time', async () => {
    const { reader, rows, loads } = world.reader({ negativeTtlMs: 1_000 });
    expect(await reader.get('none')).toBeUndefined();
    expect(reader.get('none')).toBeUndefined();
    expect(loads()).toBe(1);
    rows.set('none', { v: 5 });
    await world.scheduler.advance(1_001);
    expect(await reader.get('none')).toEqual({ v: 5 });
  });

  it('follows the log before it serves a hit whose lease is over', async () => {
    const { reader, rows } = world.reader();
    await reader.get('a');
    rows.set('a', { v: 2 });
    world.beforeFollow = () => world.coherence.apply(['row:a']);
    await world.scheduler.advance(LEASE_MS);
    expect(await reader.get('a')).toEqual({ v: 2 });
    expect(world.renewals).toBe(1);
  });

  it('does not join a load from before the lease ended without following the log', async () => {
    const { reader, rows, gates } = world.reader({ loadTimeoutMs: 60_000 });
    const pending = gate();
    gates.push(pending);
    const early = reader.get('a');
    await settled();
    rows.set('a', { v: 2 });
    world.beforeFollow = () => world.coherence.apply(['row:a']);
    await world.scheduler.advance(LEASE_MS);
    const late = reader.get('a');
    await settled();
    pending.open();
    expect(await early).toEqual({ v: 1 });
    expect(await late).toEqual({ v: 2 });
  });

  it('says that an answer may be stale when it joined a load without being able to follow', async () => {
    const { reader, rows, gates } = world.reader({ loadTimeoutMs: 60_000 });
    const pending = gate();
    gates.push(pending);
    const [early, late, fresh] = [new ReadObserver(), new ReadObserver(), new ReadObserver()];
    const first = observeReads(early, () => reader.get('a'));
    await settled();
    rows.set('a', { v: 2 });
    world.isLogReachable = false;
    await world.scheduler.advance(LEASE_MS);
    const second = observeReads(late, () => reader.get('a'));
    await settled();
    pending.open();
    expect(await Promise.all([first, second])).toEqual([{ v: 1 }, { v: 1 }]);
    expect([early.isStale, late.isStale]).toEqual([false, true]);
    world.coherence.apply(['row:a']);
    expect(await observeReads(fresh, () => reader.get('a'))).toEqual({ v: 2 });
    expect(fresh.isStale).toBe(false);
  });

  it('serves what it holds while the database is away, up to maxStale', async () => {
    const broken = { isBroken: false };
    const { reader } = world.reader({
      ttlMs: 600_000,
      load: () => (broken.isBroken ? Promise.reject(new Error('away')) : Promise.resolve({ v: 1 })),
    });
    await reader.get('a');
    broken.isBroken = true;
    world.isLogReachable = false;
    await world.scheduler.advance(MAX_STALE_MS - 1);
    expect(await reader.get('a')).toEqual({ v: 1 });
    expect(reader.stats.staleServed).toBe(1);
    await world.scheduler.advance(1);
    await expect(reader.get('a')).rejects.toThrow('away');
  });

  it('serves an expired value when the loader fails, but never an invalidated one', async () => {
    const broken = { isBroken: false };
    const { reader } = world.reader({
      ttlMs: 1_000,
      load: () => (broken.isBroken ? Promise.reject(new Error('away')) : Promise.resolve({ v: 1 })),
    });
    await reader.get('a');
    broken.isBroken = true;
    await world.scheduler.advance(1_500);
    expect(await reader.get('a')).toEqual({ v: 1 });
    world.coherence.apply(['row:a']);
    await expect(reader.get('a')).rejects.toThrow('away');
  });

  it('ends a load that takes too long, and starts a new one for the next reader', async () => {
    const { reader, gates } = world.reader({ loadTimeoutMs: 500 });
    const pending = gate();
    gates.push(pending);
    const waiting = Promise.resolve(reader.get('a'));
    const refused = expect(waiting).rejects.toMatchObject({ code: 'cache.load-timeout' });
    await settled();
    await world.scheduler.advance(500);
    await refused;
    expect(await reader.get('a')).toEqual({ v: 1 });
    pending.open();
    await settled();
    expect(reader.get('a')).toEqual({ v: 1 });
  });

  it('loads the missing keys of a batch with one query', async () => {
    const batches: string[][] = [];
    const { reader } = world.reader({
      loadMany: (keys) => {
        batches.push([...keys]);
        return Promise.resolve(keys.map((key) => ({ v: key.length })));
      },
    });
    await reader.get('a');
    const values = await reader.getMany(['a', 'bb', 'ccc', 'bb']);
    expect(values).toEqual([{ v: 1 }, { v: 2 }, { v: 3 }, { v: 2 }]);
    expect(batches).toEqual([['bb', 'ccc']]);
    expect(reader.getMany(['bb', 'a'])).toEqual([{ v: 2 }, { v: 1 }]);
  });

  it('voids what was built from another cached value when that is invalidated', async () => {
    const inner = world.reader();
    const outer = new CachedReader<string, number>(
      {
        name: 'outer',
        key: (key) => key,
        ttlMs: 10_000,
        load: async (key) => ((await inner.reader.get(key))?.v ?? 0) * 10,
      },
      world.environment,
    );
    await inner.reader.get('a');
    expect(await outer.get('x')).toBe(0);
    expect(await outer.get('a')).toBe(10);
    inner.rows.set('a', { v: 4 });
    world.coherence.apply(['late:a']);
    expect(await outer.get('a')).toBe(40);
  });
});
