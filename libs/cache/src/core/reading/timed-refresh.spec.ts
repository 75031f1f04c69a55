import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { MAX_LOADS, ReaderWorld } from '../../../test/reader-world.js';
import { refreshTag } from '../following/coherence.js';
import { readApart } from './read-observer.js';

const TTL_MS = 10_000;
const WINDOW_MS = 4_000;
const KEYS = ['a', 'b', 'c', 'd'];

describe('a refresh that is ordered', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  /** A reader whose values live exactly as long as its policy says. */
  const readerOf = (name = 'rows') => {
    const row = world.reader({
      name,
      keyOf: (text) => text,
      ttlMs: TTL_MS,
      refreshWindowMs: WINDOW_MS,
      // Readers do not refresh by themselves.
      refreshAhead: 0,
    });
    for (const key of KEYS) row.rows.set(key, { v: 1 });
    return row;
  };

  /** Read, and read again: a value that was only loaded may have been of use to nobody else. */
  const use = async (row: ReturnType<typeof readerOf>, ...keys: readonly string[]) => {
    for (const key of keys) await row.reader.get(key);
    for (const key of keys) void row.reader.get(key);
  };

  const pass = async (ms: number) => {
    await world.scheduler.advance(ms);
    world.follow();
  };

  const order = async (...tags: readonly string[]) => {
    world.coherence.apply(tags.length === 0 ? [refreshTag('rows')] : tags);
    for (let turn = 0; turn < 20; turn += 1) {
      await settled();
      await world.scheduler.advance(0);
    }
  };

  it('loads anew what was used and would expire within the window, and nobody waits', async () => {
    const row = readerOf();
    await use(row, 'a');
    await row.reader.get('b'); // Not used since.
    await pass(TTL_MS - WINDOW_MS);
    await use(row, 'c');
    for (const key of KEYS) row.rows.set(key, { v: 2 });
    await order();
    const held = ['a', 'b', 'c'].map((key) => row.reader.inspect(key)?.value?.v);
    expect(held).toEqual([2, 1, 1]);
    expect(row.loads()).toBe(4);
    expect(row.reader.stats).toMatchObject({ refreshes: 1, evictions: 0, invalidations: 0 });
    // A whole new life.
    await pass(TTL_MS - 1);
    expect(row.reader.get('a')).toEqual({ v: 2 });
  });

  it('does nothing before the window, and nothing for what has expired', async () => {
    const row = readerOf();
    await use(row, 'a');
    await pass(TTL_MS - WINDOW_MS - 1);
    await order();
    expect(row.loads()).toBe(1);
    await pass(WINDOW_MS + 1);
    await order();
    expect(row.loads()).toBe(1);
  });

  it('is for the reader that it names, if that wants it', async () => {
    const row = readerOf();
    const other = readerOf('others');
    const plain = world.reader({ name: 'plain', keyOf: (text) => text });
    await use(row, 'a');
    await use(other, 'a');
    await use(plain, 'a');
    await pass(TTL_MS - 1);
    await order(refreshTag('others'), refreshTag('plain'), refreshTag('unknown'));
    expect([row.loads(), other.loads(), plain.loads()]).toEqual([1, 2, 1]);
  });

  it('voids nothing: what is held is served until the new value is there', async () => {
    const row = readerOf();
    await use(row, 'a');
    await pass(TTL_MS - 1_000);
    const pending = row.hold();
    row.rows.set('a', { v: 2 });
    await order();
    expect(row.reader.get('a')).toEqual({ v: 1 });
    pending.open();
    await settled();
    expect(row.reader.get('a')).toEqual({ v: 2 });
  });

  it('stores nothing that an invalidation overtook', async () => {
    const row = readerOf();
    await use(row, 'a');
    await pass(TTL_MS - 1_000);
    const pending = row.hold();
    await order();
    row.rows.set('a', { v: 3 });
    world.coherence.apply(['row:a']);
    pending.open();
    await settled();
    expect(row.reader.size).toBe(0);
    expect(await row.reader.get('a')).toEqual({ v: 3 });
  });

  it('leaves what is held until it expires when loading fails, and goes on', async () => {
    const row = readerOf();
    await use(row, 'a', 'b', 'c');
    await pass(TTL_MS - 1_000);
    row.failures.push(new Error('away'), new Error('away'));
    row.rows.set('c', { v: 2 });
    await order();
    expect(row.reader.get('a')).toEqual({ v: 1 });
    expect(row.reader.get('c')).toEqual({ v: 2 });
    await pass(1_000);
    row.rows.set('a', { v: 2 });
    expect(row.reader.get('a')).toBeInstanceOf(Promise);
    expect(await row.reader.get('a')).toEqual({ v: 2 });
  });

  it('loads two at a time, when there is room, and once for orders that come together', async () => {
    const row = readerOf();
    await use(row, ...KEYS);
    await pass(TTL_MS - 2_000);
    const places = Array.from({ length: MAX_LOADS }, () => world.environment.slots.tryEnter());
    const gates = KEYS.map(() => row.hold());
    await order();
    expect(row.loads()).toBe(4);
    for (const leave of places) leave?.();
    await pass(50);
    expect(row.loads()).toBe(6);
    await order();
    expect(row.loads()).toBe(6);
    for (const each of gates) each.open();
    await order();
    expect(row.loads()).toBe(8);
    await order();
    expect(row.loads()).toBe(8);
  });

  it('gives up when there was no room for as long as the window', async () => {
    const row = readerOf();
    await use(row, 'a');
    await pass(TTL_MS - 100);
    await use(row, 'b');
    const places = Array.from({ length: MAX_LOADS }, () => world.environment.slots.tryEnter());
    await order();
    await pass(TTL_MS - 100);
    for (const leave of places) leave?.();
    await pass(50);
    expect(row.loads()).toBe(2);
    // The next order is carried out.
    await order();
    expect(row.loads()).toBe(3);
  });

  it('is a load like any other, whoever made the order arrive', async () => {
    const inner = world.reader({ name: 'inner', ttlMs: 10 * TTL_MS });
    const row = world.reader({
      keyOf: (text) => text,
      ttlMs: TTL_MS,
      refreshWindowMs: WINDOW_MS,
      load: async (key) => inner.reader.get(key),
    });
    await row.reader.get('a');
    void row.reader.get('a');
    await pass(TTL_MS - 100);
    // Where it was caused, nothing would be answered from memory.
    await readApart(new AbortController().signal, () => order());
    expect(row.reader.stats.refreshes).toBe(1);
    expect(inner.loads()).toBe(1);
  });

  it.each([
    ['as wide as the shortest life', { keyOf: (text: string) => text, refreshWindowMs: 9_000 }],
    ['of nothing', { keyOf: (text: string) => text, refreshWindowMs: 0 }],
    ['without the way back from the text of a key', { refreshWindowMs: 1_000 }],
  ])('cannot be asked for with a window %s', (_what, policy) => {
    expect(() => world.reader({ ttlMs: TTL_MS, ...policy })).toThrow(
      expect.objectContaining({ code: 'cache.refresh-window' }),
    );
  });
});
