import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReaderWorld } from '../../../test/reader-world.js';
import { ByteBudget } from './byte-budget.js';
import { CachedReader } from '../reading/cached-reader.js';

const KEYS = 500;

describe('what a reader holds', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  it('loses no value to a scan of unknown keys', async () => {
    const { reader, rows, loads } = world.reader({ maxEntries: 5, maxNegativeEntries: 3 });
    for (const key of ['a', 'b', 'c']) rows.set(key, { v: 1 });
    for (const key of ['a', 'b', 'c']) await reader.get(key);
    for (let index = 0; index < KEYS; index += 1) await reader.get(`unknown-${index}`);
    const before = loads();
    for (const key of ['a', 'b', 'c']) expect(reader.get(key)).toEqual({ v: 1 });
    expect(loads()).toBe(before);
    expect(reader.size).toBe(6);
    expect(reader.negativeSize).toBe(3);
  });

  it('holds a key once, as a value or as known not to exist', async () => {
    const { reader, rows } = world.reader({ negativeTtlMs: 100, ttlMs: 1_000 });
    await reader.get('b');
    expect(reader.negativeSize).toBe(1);
    rows.set('b', { v: 1 });
    await world.scheduler.advance(200);
    expect(await reader.get('b')).toEqual({ v: 1 });
    expect([reader.size, reader.negativeSize]).toEqual([1, 0]);
    rows.delete('b');
    await world.scheduler.advance(1_500);
    world.follow();
    expect(await reader.get('b')).toBeUndefined();
    expect([reader.size, reader.negativeSize]).toEqual([1, 1]);
    world.coherence.apply(['row:b']);
    expect(reader.size).toBe(0);
    expect(world.coherence.tags.size).toBe(0);
  });

  describe('with one budget for all readers', () => {
    const LIMIT = 100_000;
    let budget: ByteBudget;
    beforeEach(() => {
      budget = new ByteBudget(LIMIT);
    });

    const readerOf = (name: string, memoryShare: number) =>
      new CachedReader<string, string>(
        {
          name,
          key: (key) => key,
          ttlMs: 60_000,
          maxEntries: 100_000,
          memoryShare,
          load: () => Promise.resolve('x'.repeat(500)),
        },
        { ...world.environment, budget },
      );
    const fill = async (reader: CachedReader<string, string>): Promise<void> => {
      for (let index = 0; index < KEYS; index += 1) await reader.get(`${reader.name}-${index}`);
    };

    it('never holds more than the sum, however many readers there are', async () => {
      const readers = ['one', 'two', 'three', 'four'].map((name) => readerOf(name, 1));
      for (const reader of readers) {
        await fill(reader);
        const held = readers.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(held).toBe(budget.used);
        expect(held).toBeLessThanOrEqual(LIMIT);
        expect(held).toBeGreaterThan(LIMIT * 0.9);
      }
    });

    it('lets a reader use what is free and take back no more than its share', async () => {
      const [small, large] = [readerOf('small', 1), readerOf('large', 3)];
      await fill(small);
      expect(small.bytes).toBeGreaterThan(LIMIT * 0.9);
      await fill(large);
      expect(small.bytes).toBeLessThan(LIMIT * 0.3);
      const kept = small.bytes;
      expect(kept).toBeGreaterThan(LIMIT * 0.2);
      await fill(large);
      expect(small.bytes).toBeGreaterThanOrEqual(kept - 1_000);
    });

    it('gives back what is dropped', async () => {
      const reader = readerOf('one', 1);
      await fill(reader);
      reader.clear();
      expect([reader.bytes, budget.used]).toEqual([0, 0]);
    });

    it('does not keep a value that would push out a large part of everything', async () => {
      const reader = new CachedReader<string, string>(
        {
          name: 'big',
          key: (key) => key,
          ttlMs: 60_000,
          load: () => Promise.resolve('x'.repeat(LIMIT / 2)),
        },
        { ...world.environment, budget },
      );
      await reader.get('a');
      expect([reader.size, budget.used]).toEqual([0, 0]);
    });
  });
});
