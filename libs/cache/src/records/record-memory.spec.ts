import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, settled } from '#libs/testing';
import { LEASE_MS } from '../../test/reader-world.js';
import { decodeRow as decode, RecordWorld, type NamedRow as Row } from '../../test/record-world.js';
import { CachedReader } from '../core/reading/cached-reader.js';
import { readApart } from '../core/reading/read-observer.js';
import { WholeReads } from '../core/reading/whole-reads.js';

describe('a memory of records', () => {
  let world: RecordWorld;

  beforeEach(() => {
    world = new RecordWorld();
  });

  it('holds what is wanted, and world.reads it from the database until then', async () => {
    const memory = world.memory();
    memory.start();
    void memory.want(['a', 'b', 'none']);
    expect(memory.find('a', decode)).toBeUndefined();
    expect(await memory.list(['b', 'none', 'a'])).toEqual([{ v: 1 }, undefined, { v: 1 }]);
    expect(world.reads).toEqual([['b', 'none', 'a']]);
    await world.worked(memory);
    world.reads = [];
    expect(await memory.list(['b', 'a'])).toEqual([{ v: 1 }, { v: 1 }]);
    expect(world.reads).toEqual([]);
    expect(await memory.list(['a', 'none'])).toEqual([{ v: 1 }, undefined]);
    expect(world.reads).toEqual([['none']]);
    expect(memory.finds).toBe(3);
  });

  it('holds nothing before it is started, nor without a budget', async () => {
    for (const [memory, isStarted] of [
      [world.memory(), false],
      [world.memory({}, 0), true],
    ] as const) {
      if (isStarted) memory.start();
      await memory.want(['a']);
      world.coherence.apply(['row:a']);
      await world.worked(memory);
      expect(memory.size).toBe(0);
    }
    expect(world.reads).toEqual([]);
  });

  it('drops a record in the step that applies its tag, and world.reads it again by itself', async () => {
    const memory = await world.held();
    world.rows.set('a', { v: 2 });
    world.coherence.apply(['other:b', 'row:a']);
    expect(memory.find('a', decode)).toBeUndefined();
    expect(memory.find('b', decode)).toEqual({ v: 1 });
    await world.worked(memory);
    expect(memory.find('a', decode)).toEqual({ v: 2 });
    expect(world.reads.at(-1)).toEqual(['a']);
  });

  it('drops a record that is read again while it is held', async () => {
    const memory = world.memory();
    memory.start();
    void memory.want(['a']);
    world.onRead = () => {
      world.onRead = () => undefined;
      void memory.want(['a']);
    };
    await world.scheduler.advance(20);
    await settled();
    expect(memory.find('a', decode)).toEqual({ v: 1 });
    const again = gate();
    world.onRead = () => again.opened;
    await world.scheduler.advance(20);
    await settled();
    world.rows.delete('a');
    world.coherence.apply(['row:a']);
    expect(memory.find('a', decode)).toBeUndefined();
    again.open();
    await world.worked(memory);
    expect(memory.find('a', decode)).toBeUndefined();
  });

  it('does not hold what was voided while it was read', async () => {
    const memory = await world.held();
    world.onRead = () => {
      world.onRead = () => undefined;
      world.rows.set('a', { v: 3 });
      world.coherence.apply(['row:a']);
    };
    world.rows.set('a', { v: 2 });
    world.coherence.apply(['row:a']);
    await world.scheduler.advance(20);
    await settled();
    expect(world.reads.at(-1)).toEqual(['a']);
    expect(memory.find('a', decode)).toBeUndefined();
    await world.worked(memory);
    expect(memory.find('a', decode)).toEqual({ v: 3 });
  });

  it('does not hold what the log says of, when it is followed after the read', async () => {
    const memory = await world.held();
    world.coherence.apply(['row:a']);
    // It was committed before the read, so it is in what was read; with the rest of its transaction it is not.
    world.beforeFollow = () => {
      world.beforeFollow = () => undefined;
      world.coherence.apply(['row:a', 'row:b']);
    };
    await world.scheduler.advance(20);
    await settled();
    expect(memory.find('a', decode)).toBeUndefined();
    expect(memory.find('b', decode)).toBeUndefined();
    await world.worked(memory);
    expect(memory.size).toBe(2);
  });

  it('holds nothing that could not be confirmed, and tries again', async () => {
    const memory = world.memory();
    memory.start();
    void memory.want(['a']);
    world.isLogReachable = false;
    await settled();
    await world.scheduler.advance(20);
    await settled();
    expect(world.failures).toHaveLength(1);
    expect(memory.size).toBe(0);
    expect(memory.missing).toBe(1);
    world.isLogReachable = true;
    await world.worked(memory);
    expect(memory.find('a', decode)).toEqual({ v: 1 });
  });

  it('answers nothing when the log was not followed within the lease', async () => {
    const memory = await world.held();
    await world.scheduler.advance(LEASE_MS);
    expect(memory.find('a', decode)).toBeUndefined();
    world.follow();
    expect(memory.find('a', decode)).toEqual({ v: 1 });
  });

  it('answers nothing to those who read apart', async () => {
    const memory = await world.held();
    const signal = new AbortController().signal;
    expect(readApart(signal, () => memory.find('a', decode))).toBeUndefined();
  });

  it('goes on after a failed read', async () => {
    const memory = world.memory();
    memory.start();
    world.onRead = () => {
      world.onRead = () => undefined;
      throw new Error('away');
    };
    void memory.want(['a']);
    await world.worked(memory);
    expect(world.failures).toEqual([new Error('away')]);
    expect(memory.size).toBe(1);
  });

  it('holds and reads nothing any more once it is stopped, for it hears of no change', async () => {
    const memory = await world.held();
    void memory.want(['c']);
    world.reads = [];
    memory.stop();
    world.rows.set('a', { v: 2 });
    world.coherence.apply(['row:a']);
    expect(memory.find('a', decode)).toBeUndefined();
    await world.scheduler.advance(1_000);
    await settled();
    expect(world.reads).toEqual([]);
  });

  describe('and answers of one state', () => {
    it('cost no look into the log when they are made of it', async () => {
      const memory = await world.held();
      const reader = new CachedReader<string, Row>(
        {
          name: 'by row',
          key: (key) => key,
          tags: (key) => [`row:${key}`],
          ttlMs: 10_000,
          load: async (key, context) => (await memory.list([key], [context]))[0],
        },
        world.environment,
      );
      const whole = new WholeReads(world.environment);
      world.clock.advance(1);
      expect(await whole.read(async () => reader.get('a'))).toEqual({ v: 1 });
      expect(whole.stats.confirmed).toBe(0);
      world.coherence.apply(['row:a']);
      expect(await whole.read(async () => reader.get('a'))).toEqual({ v: 1 });
      expect(whole.stats.confirmed).toBe(1);
    });
  });
});
