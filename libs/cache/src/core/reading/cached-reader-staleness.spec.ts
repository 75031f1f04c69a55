import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, settled } from '#libs/testing';
import { LEASE_MS, MAX_STALE_MS, ReaderWorld } from '../../../test/reader-world.js';
import { observeReads, ReadObserver } from './read-observer.js';

describe('CachedReader, where the log or the database is not there,', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
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
});
