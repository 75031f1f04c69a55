import { describe, expect, it } from '@jest/globals';
import { refreshTag, regionTag } from '#libs/cache';
import { PurgeQueue, UNKNOWN_POSITION } from './purge-queue.js';

const REPEAT_MS = 4_000;
const HOLE_MS = 20_000;
const options = { holeGiveUpMs: HOLE_MS, repeatAfterMs: REPEAT_MS, maxTags: 3 };

describe('what a shared cache has yet to be purged of', () => {
  const queueAt = (position: number) => new PurgeQueue(position, options);
  const read = (
    queue: PurgeQueue,
    nowMs: number,
    ...rows: [position: number, ...tags: string[]][]
  ) =>
    queue.read(
      { records: rows.map(([position, ...tags]) => ({ position, tags, committedAt: position })) },
      nowMs,
      nowMs,
    );
  const purge = (queue: PurgeQueue, nowMs: number) => {
    const batch = queue.next(nowMs);
    if (batch !== undefined) queue.done(batch);
    return batch?.tags === undefined ? batch && 'everything' : [...batch.tags].sort();
  };

  it('is purged together, each tag once, at once and again when no replica can answer from before', () => {
    const queue = queueAt(10);
    read(queue, 0, [11, 'a', 'b'], [12, 'b']);
    expect(purge(queue, 0)).toEqual(['a', 'b']);
    expect(queue.isCaughtUp).toBe(true);
    expect(purge(queue, REPEAT_MS - 1)).toBeUndefined();
    expect(queue.position).toBe(10);
    expect(purge(queue, REPEAT_MS)).toEqual(['a', 'b']);
    expect(queue.position).toBe(12);
    expect(purge(queue, 10 * REPEAT_MS)).toBeUndefined();
  });

  it('needs no second purge when the first one was late enough', () => {
    const queue = queueAt(0);
    read(queue, 0, [1, 'a']);
    expect(purge(queue, REPEAT_MS)).toEqual(['a']);
    expect([queue.position, purge(queue, 3 * REPEAT_MS)]).toEqual([1, undefined]);
  });

  it('is repeated by the time the purge began, not by when it ended', () => {
    const queue = queueAt(0);
    read(queue, 0, [1, 'a']);
    const batch = queue.next(REPEAT_MS - 1)!;
    expect(queue.done(batch)).toEqual([1]);
    expect(queue.position).toBe(0);
    expect(purge(queue, REPEAT_MS)).toEqual(['a']);
  });

  it('stays when a purge fails, and comes with what was committed since', () => {
    const queue = queueAt(0);
    read(queue, 0, [1, 'a']);
    expect(queue.next(0)?.tags).toEqual(['a']);
    read(queue, 100, [1, 'a'], [2, 'b']);
    expect([queue.isCaughtUp, queue.position]).toEqual([false, 0]);
    expect(purge(queue, 100)).toEqual(['a', 'b']);
  });

  it('waits for a hole: what fills it late is purged, and no position is noted before', () => {
    const queue = queueAt(0);
    read(queue, 0, [2, 'b']);
    purge(queue, 0);
    purge(queue, REPEAT_MS);
    expect([queue.position, queue.readFrom]).toEqual([0, 0]);
    read(queue, REPEAT_MS, [1, 'a'], [2, 'b']);
    expect(purge(queue, REPEAT_MS)).toEqual(['a']);
    purge(queue, 2 * REPEAT_MS);
    expect(queue.position).toBe(2);
  });

  it('gives up a hole that can no longer fill', () => {
    const queue = queueAt(0);
    read(queue, 0, [2, 'b']);
    purge(queue, REPEAT_MS);
    read(queue, HOLE_MS, [2, 'b']);
    expect([queue.readFrom, queue.position]).toEqual([2, 2]);
  });

  it.each([
    ['more tags than may be named', ['a', 'b', 'c', 'd']],
    ['a row that voids everything', ['*']],
    ['a region, of which no answer tells', [regionTag('search.rules')]],
  ])('is everything for %s', (_, tags) => {
    const queue = queueAt(0);
    read(queue, 0, [1, ...tags]);
    expect(purge(queue, 0)).toBe('everything');
  });

  it('is nothing for an order to refresh, which voids nothing', () => {
    const queue = queueAt(0);
    read(queue, 0, [1, refreshTag('search.rules')]);
    expect(purge(queue, 0)).toEqual([]);
  });

  it('is everything at most once a second; what can be named does not wait for that', () => {
    const queue = queueAt(0);
    read(queue, 0, [1, '*']);
    expect(purge(queue, 0)).toBe('everything');
    read(queue, 100, [2, '*'], [3, 'a']);
    expect(purge(queue, 999)).toEqual(['a']);
    expect(purge(queue, 999)).toBeUndefined();
    expect(queue.isCaughtUp).toBe(false);
    expect(purge(queue, 1_000)).toBe('everything');
    expect(queue.isCaughtUp).toBe(true);
  });

  it('is everything when it is not known what was missed, until that was purged and purged again', () => {
    const queue = queueAt(500);
    read(queue, 0, [501, 'a']);
    queue.everything(40, 0);
    expect([queue.position, queue.readFrom]).toEqual([UNKNOWN_POSITION, 40]);
    read(queue, 0, [41, 'b']);
    expect(purge(queue, 0)).toBe('everything');
    expect(queue.position).toBe(UNKNOWN_POSITION);
    purge(queue, REPEAT_MS);
    expect(queue.position).toBe(41);
  });

  it('holds a bounded number of tags, however much waits', () => {
    const queue = new PurgeQueue(0, { ...options, maxTags: 100_000 });
    for (let position = 1; position <= 300; position += 1) {
      read(queue, 0, [position, ...Array.from({ length: 100 }, (_u, n) => `${position}/${n}`)]);
    }
    expect(queue.next(0)?.tags).toBeUndefined();
    expect(new Set(queue.next(0)?.rows.flatMap(({ tags }) => tags)).size).toBeLessThan(20_100);
  });
});
