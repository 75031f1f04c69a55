import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, settled, type Gate } from '#libs/testing';
import { LOAD_WAIT_MS, MAX_LOADS, ReaderWorld } from '../../../test/reader-world.js';
import { CachedReader } from '../reading/cached-reader.js';

describe('the cap on concurrent loads', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  const keys = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `key-${index}`);

  it('runs no more loads at once than it may, and the others in their turn', async () => {
    const { reader, rows, hold, loads } = world.reader();
    const gates = keys(10).map((key) => {
      rows.set(key, { v: 1 });
      return hold();
    });
    const reads = keys(10).map(async (key) => reader.get(key));
    await settled();
    expect(loads()).toBe(MAX_LOADS);
    expect(world.environment.slots.waiting).toBe(10 - MAX_LOADS);
    gates[0]?.open();
    await settled();
    expect(loads()).toBe(MAX_LOADS + 1);
    for (const pending of gates) pending.open();
    expect(await Promise.all(reads)).toEqual(keys(10).map(() => ({ v: 1 })));
    expect(world.environment.slots).toMatchObject({ running: 0, waiting: 0 });
  });

  it('fails, saying when to come again, when the turn does not come', async () => {
    const { reader, hold, loads } = world.reader({ loadTimeoutMs: 60_000 });
    const gates = keys(MAX_LOADS).map(hold);
    const reads = keys(MAX_LOADS).map(async (key) => reader.get(key));
    await settled();
    const late = Promise.resolve(reader.get('late'));
    const refused = expect(late).rejects.toMatchObject({
      code: 'cache.too-many-loads',
      family: 'operational',
      retryAfterSeconds: 1,
    });
    await settled();
    await world.scheduler.advance(LOAD_WAIT_MS);
    await refused;
    expect(loads()).toBe(MAX_LOADS);
    for (const pending of gates) pending.open();
    await Promise.all(reads);
    expect(world.environment.slots).toMatchObject({ running: 0, waiting: 0 });
  });

  it('serves an expired value when the turn to load it anew does not come', async () => {
    const { reader, hold } = world.reader({ ttlMs: 1_000, loadTimeoutMs: 60_000 });
    await reader.get('a');
    await world.scheduler.advance(1_500);
    world.follow();
    const gates = keys(MAX_LOADS).map(hold);
    const reads = keys(MAX_LOADS).map(async (key) => reader.get(key));
    await settled();
    const answer = reader.get('a');
    await settled();
    await world.scheduler.advance(LOAD_WAIT_MS);
    expect(await answer).toEqual({ v: 1 });
    expect(reader.stats.staleServed).toBe(1);
    for (const pending of gates) pending.open();
    await Promise.all(reads);
  });

  it('lets in what a load that runs is waiting for, also when that was in the queue already', async () => {
    const inner = world.reader();
    inner.rows.set('inner', { v: 5 });
    const atWork: Gate[] = [];
    const outer = new CachedReader<string, number>(
      {
        name: 'outer',
        key: (key) => key,
        ttlMs: 10_000,
        load: async () => {
          const pending = gate();
          atWork.push(pending);
          await pending.opened;
          return (await inner.reader.get('inner'))?.v;
        },
      },
      world.environment,
    );
    const reads = keys(MAX_LOADS).map(async (key) => outer.get(key));
    await settled();
    const queued = inner.reader.get('inner');
    await settled();
    expect(inner.loads()).toBe(0);
    for (const pending of atWork) pending.open();
    expect(await Promise.all(reads)).toEqual(keys(MAX_LOADS).map(() => 5));
    expect(await queued).toEqual({ v: 5 });
    expect(world.environment.slots.running).toBe(0);
  });

  it('counts one query for a batch', async () => {
    const pending = gate();
    const { reader } = world.reader({
      loadMany: async (all) => {
        await pending.opened;
        return all.map((key) => ({ v: key.length }));
      },
    });
    const many = reader.getMany(keys(50));
    await settled();
    expect(world.environment.slots.running).toBe(1);
    pending.open();
    expect(await many).toHaveLength(50);
    expect(world.environment.slots.running).toBe(0);
  });

  it('does not keep the place of a load that took too long', async () => {
    const { reader, hold, loads } = world.reader({ loadTimeoutMs: 500 });
    const gates = keys(MAX_LOADS).map(hold);
    const reads = keys(MAX_LOADS).map(async (key) => reader.get(key));
    const failed = Promise.allSettled(reads);
    await settled();
    const next = reader.get('a');
    await world.scheduler.advance(500);
    expect(await next).toEqual({ v: 1 });
    expect((await failed).every(({ status }) => status === 'rejected')).toBe(true);
    expect(loads()).toBe(MAX_LOADS + 1);
    for (const pending of gates) pending.open();
    await settled();
    expect(world.environment.slots.running).toBe(0);
  });
});
