import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { ReaderWorld } from '../../../test/reader-world.js';
import { CachedReader } from './cached-reader.js';
import { observeReads, readApart, ReadObserver } from './read-observer.js';

const { signal } = new AbortController();

describe('a read apart', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  /** Values that are built from those of the rows. */
  function readers() {
    const row = world.reader();
    const sum = new CachedReader<string, number>(
      {
        name: 'sum',
        key: (key) => key,
        ttlMs: 10_000,
        load: async (key) => {
          const one = await row.reader.get(key);
          const [same] = await row.reader.getMany([key]);
          return (one?.v ?? 0) + (same?.v ?? 0);
        },
      },
      world.environment,
    );
    return { ...row, sum };
  }

  it('comes from the loaders, also where values are built from others, and leaves all as it is', async () => {
    const { reader, rows, sum, loads } = readers();
    expect(await sum.get('a')).toBe(2);
    rows.set('a', { v: 5 });
    const before = { ...reader.stats };
    expect(await readApart(signal, () => sum.get('a'))).toBe(10);
    expect(loads()).toBe(3);
    expect(sum.get('a')).toBe(2);
    expect(reader.get('a')).toEqual({ v: 1 });
    expect(reader.stats).toEqual({ ...before, hits: before.hits + 1 });
    expect(reader.loadsUnderWay + sum.loadsUnderWay).toBe(0);
  });

  it('is not answered from memory by any way of asking', async () => {
    const { reader, rows } = readers();
    rows.set('b', { v: 2 });
    await reader.getMany(['a', 'b']);
    rows.set('a', { v: 7 });
    rows.set('b', { v: 8 });
    const apart = <T>(work: () => T): T => readApart(signal, work);
    expect(await apart(() => reader.get('a'))).toEqual({ v: 7 });
    expect(await apart(() => reader.getMany(['a', 'b']))).toEqual([{ v: 7 }, { v: 8 }]);
    expect(await apart(() => reader.refresh('a'))).toEqual({ v: 7 });
    expect(apart(() => reader.peek('a'))).toBeUndefined();
    expect(reader.peek('a')).toEqual({ v: 1 });
  });

  it('asks once for many where the loader can', async () => {
    const asked: (readonly string[])[] = [];
    const { reader } = world.reader({
      loadMany: async (keys) => {
        asked.push(keys);
        return keys.map((_, index) => ({ v: index }));
      },
    });
    expect(await readApart(signal, () => reader.getMany(['a', 'b']))).toEqual([{ v: 0 }, { v: 1 }]);
    expect(asked).toEqual([['a', 'b']]);
    expect(reader.size).toBe(0);
  });

  it('joins no load, and nobody joins it', async () => {
    const { reader, rows, hold, loads } = readers();
    const [first, second] = [hold(), hold()];
    const shared = reader.get('a');
    await settled();
    rows.set('a', { v: 9 });
    const apart = readApart(signal, () => reader.get('a'));
    const joined = reader.get('a');
    await settled();
    expect(loads()).toBe(2);
    first.open();
    second.open();
    expect([await shared, await joined, await apart]).toEqual([{ v: 1 }, { v: 1 }, { v: 9 }]);
    expect(reader.get('a')).toEqual({ v: 1 });
  });

  it('goes on through observers that begin inside it', async () => {
    const { reader, rows } = readers();
    await reader.get('a');
    rows.set('a', { v: 3 });
    const inner = () => observeReads(new ReadObserver(), () => reader.get('a'));
    expect(await readApart(signal, inner)).toEqual({ v: 3 });
    expect(await inner()).toEqual({ v: 1 });
  });

  it('reads nothing more once nobody waits for it', async () => {
    const { sum, hold, loads } = readers();
    const aborter = new AbortController();
    const pending = hold();
    const apart = readApart(aborter.signal, () => sum.get('a'));
    await settled();
    aborter.abort(new Error('enough'));
    pending.open();
    await expect(apart).rejects.toThrow('enough');
    expect(loads()).toBe(1);
  });
});
