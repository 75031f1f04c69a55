import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, settled } from '#libs/testing';
import { LEASE_MS, ReaderWorld } from '../../../test/reader-world.js';
import { CachedReader } from './cached-reader.js';
import { EVERYTHING } from '../following/coherence.js';

describe('CachedReader', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  it('answers a hit synchronously with a frozen value', async () => {
    const { reader, loads } = world.reader();
    await reader.get('a');
    const hit = reader.get('a');
    expect(hit).toEqual({ v: 1 });
    expect(Object.isFrozen(hit)).toBe(true);
    expect(loads()).toBe(1);
  });

  it('hands out values that nobody can change, however deep, stored or not, one by one or together', async () => {
    interface Tree {
      readonly list: { n: number }[];
      readonly shallow: { readonly inner: { n: number } };
    }
    const tree = (): Tree => ({
      list: [{ n: 1 }],
      shallow: Object.freeze({ inner: { n: 1 } }),
    });
    const reader = new CachedReader<string, Tree>(
      {
        name: 'trees',
        key: (key) => key,
        tags: () => ['tree'],
        load: (key) => {
          // Overtaken: given to those who waited, and never stored.
          if (key === 'overtaken') world.coherence.apply(['tree']);
          return Promise.resolve(tree());
        },
        loadMany: (keys) => Promise.resolve(keys.map(tree)),
        ttlMs: 10_000,
      },
      world.environment,
    );
    const handedOut = [
      await reader.get('miss'),
      await reader.get('overtaken'),
      ...(await reader.getMany(['b', 'c'])),
      await reader.get('miss'),
    ];
    expect(reader.peek('overtaken')).toBeUndefined();
    for (const value of handedOut) {
      expect(() => value!.list.push({ n: 2 })).toThrow(TypeError);
      expect(() => (value!.list[0]!.n = 2)).toThrow(TypeError);
      expect(() => (value!.shallow.inner.n = 2)).toThrow(TypeError);
      expect(value).toEqual(tree());
    }
  });

  it('reads nothing inside a unit of work, whether it is held or not', async () => {
    const { reader, loads } = world.reader();
    await reader.get('a');
    world.environment.writes.isUnderWay = true;
    const refused = expect.objectContaining({ code: 'cache.read-in-unit-of-work' });
    expect(() => reader.get('a')).toThrow(refused);
    expect(() => reader.get('b')).toThrow(refused);
    expect(() => reader.peek('a')).toThrow(refused);
    expect(() => reader.getMany(['a'])).toThrow(refused);
    expect(() => reader.refresh('a')).toThrow(refused);
    world.environment.writes.isUnderWay = false;
    expect(reader.get('a')).toEqual({ v: 1 });
    expect(loads()).toBe(1);
  });

  it('loads a key once for everybody, also when the lease lapses among those who ask', async () => {
    const { reader, hold, loads } = world.reader();
    const pending = hold();
    const ask = () => Array.from({ length: 100 }, async () => reader.get('a'));
    const early = ask();
    world.clock.advance(LEASE_MS);
    const late = ask();
    await settled();
    pending.open();
    expect(new Set(await Promise.all([...early, ...late]))).toEqual(new Set([{ v: 1 }]));
    expect(world.renewals).toBeGreaterThan(0);
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
