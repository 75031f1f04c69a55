import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { LEASE_MS, ReaderWorld } from '../../../test/reader-world.js';
import { CachedReader } from './cached-reader.js';
import { observeReads, ReadObserver } from './read-observer.js';

describe('stale answers', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  /** Holds `a`, which has expired but was not invalidated. */
  async function expired(overrides = {}) {
    const row = world.reader({ ttlMs: 1_000, softTimeoutMs: 200, ...overrides });
    await row.reader.get('a');
    row.rows.set('a', { v: 2 });
    await world.scheduler.advance(1_500);
    world.follow();
    return row;
  }

  it('serves an expired value when loading takes long, and stores what comes later', async () => {
    const { reader, hold, loads } = await expired();
    const pending = hold();
    const observer = new ReadObserver();
    const answer = observeReads(observer, () => reader.get('a'));
    await settled();
    await world.scheduler.advance(200);
    expect(await answer).toEqual({ v: 1 });
    expect(observer.isStale).toBe(true);
    expect(await reader.get('a')).toEqual({ v: 1 }); // At once: the load is late already.
    pending.open();
    await settled();
    expect(reader.get('a')).toEqual({ v: 2 });
    expect(loads()).toBe(2);
  });

  it('waits for a load that comes in time', async () => {
    const { reader, hold } = await expired();
    const pending = hold();
    const answer = reader.get('a');
    await settled();
    await world.scheduler.advance(100);
    pending.open();
    expect(await answer).toEqual({ v: 2 });
    expect(reader.stats.staleServed).toBe(0);
  });

  it('waits for the load when the expired value is invalidated meanwhile', async () => {
    const { reader, hold } = await expired();
    const pending = hold();
    let isAnswered = false;
    const answer = Promise.resolve(reader.get('a')).finally(() => (isAnswered = true));
    await settled();
    await world.scheduler.advance(100);
    world.coherence.apply(['row:a']);
    await world.scheduler.advance(500);
    expect(isAnswered).toBe(false);
    pending.open();
    expect(await answer).toEqual({ v: 2 });
  });

  it('serves nothing unconfirmed when the reader says so', async () => {
    const { reader, failures, rows, loads } = world.reader({ ttlMs: 60_000, maxStaleMs: 0 });
    await reader.get('a');
    world.isLogReachable = false;
    await world.scheduler.advance(LEASE_MS);
    failures.push(new Error('away'));
    await expect(reader.get('a')).rejects.toThrow('away');
    rows.set('a', { v: 2 });
    expect(await reader.get('a')).toEqual({ v: 2 });
    expect(loads()).toBe(3);
    expect(reader.stats.staleServed).toBe(0);
  });

  it('does not join the load of others without confirmation when the reader says so', async () => {
    const { reader, rows, hold } = world.reader({ maxStaleMs: 0, loadTimeoutMs: 60_000 });
    const pending = hold();
    const early = reader.get('a');
    await settled();
    rows.set('a', { v: 2 });
    world.isLogReachable = false;
    await world.scheduler.advance(LEASE_MS);
    const late = reader.get('a');
    await settled();
    pending.open();
    expect(await early).toEqual({ v: 1 });
    expect(await late).toEqual({ v: 2 });
  });

  it('refuses what was built from something stale when the reader says so', async () => {
    const inner = world.reader({ ttlMs: 60_000 });
    const outer = new CachedReader<string, number>(
      {
        name: 'outer',
        key: (key) => key,
        ttlMs: 60_000,
        maxStaleMs: 0,
        load: async (key) => (await inner.reader.get(key))?.v,
      },
      world.environment,
    );
    await inner.reader.get('a');
    world.isLogReachable = false;
    await world.scheduler.advance(LEASE_MS);
    await expect(outer.get('a')).rejects.toMatchObject({ code: 'cache.unconfirmed' });
  });
});
