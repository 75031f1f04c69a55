import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import {
  finish,
  idAt,
  named,
  pageOf,
  selectionOf,
  storeIndexOf,
} from '../../../test/indexed-products.js';
import { sampleProducts } from '../../../test/sample-products.js';
import { packSegment } from '../../model/file/packed-segment.js';
import type { PendingMerge } from '../../model/index/pending-merge.js';
import type { Segment } from '../../model/index/segment.js';
import type { StoreIndex } from '../../model/index/store-index.js';
import { mergeIn } from './segment-merger.js';
import { StepwiseMerger } from './stepwise-merger.js';
import { mergeThreadLimits, MergeThreadLost, ThreadMerger } from './thread-merger.js';

const processes = new URL('../../../test/processes/', import.meta.url);
/** Where tests run there is nothing but the sources. */
const mergingThread = new URL('source-merge-thread.mjs', processes);
const failing = (way: string) => new URL(`${way}-merge-thread.mjs`, processes);

const never = new AbortController().signal;

/** An index of several segments, some of whose products have changed. */
function severalSegments(): StoreIndex {
  const products = sampleProducts();
  const index = storeIndexOf(products.slice(0, 20));
  finish(index.change([], products.slice(20)));
  finish(index.change([idAt(900), products[3]?.id ?? ''], [named(900, 'pad ÿ 900')]));
  return index;
}

function wholeMerge(index: StoreIndex): PendingMerge {
  const merge = index.wholeMerge();
  if (merge === undefined) throw new Error('there is nothing to merge');
  return merge;
}

function bytes(segment: Segment): Buffer {
  const alive = new Uint8Array(segment.ids.length);
  return Buffer.from(finish(packSegment({ segment, alive })).buffer);
}

describe('merging in a thread', () => {
  const opened: ThreadMerger[] = [];
  const open = (limits: Partial<typeof mergeThreadLimits>): ThreadMerger => {
    const merger = new ThreadMerger({ ...mergeThreadLimits, entry: mergingThread, ...limits });
    opened.push(merger);
    return merger;
  };

  afterEach(async () => {
    for (const merger of opened.splice(0)) await merger.stop();
  });

  it('makes what merging in steps makes', async () => {
    const merge = wholeMerge(severalSegments());
    const [there, here] = await Promise.all([
      open({}).merged(merge, never),
      new StepwiseMerger().merged(merge, never),
    ]);
    expect(bytes(there)).toEqual(bytes(here));
    expect([...there.stems.keys()]).toEqual(['en', 'de']);
  });

  it('leaves what it merges as it is, and takes several at a time', async () => {
    const index = severalSegments();
    const before = index.page(selectionOf(), pageOf()).ids;
    const merger = open({});
    const [one, other] = await Promise.all([
      merger.merged(wholeMerge(index), never),
      merger.merged(wholeMerge(severalSegments()), never),
    ]);
    expect(bytes(one)).toEqual(bytes(other));
    expect(index.page(selectionOf(), pageOf()).ids).toEqual(before);
  });

  it('loses nothing that changes meanwhile', async () => {
    const index = severalSegments();
    const { ids } = index.page(selectionOf(), pageOf());
    const merged = mergeIn(index, index.wholeMerge(), { merger: open({}), signal: never });
    finish(index.change([idAt(900), idAt(901)], [named(901, 'newer')]));
    await merged;
    const now = index.page(selectionOf(), pageOf()).ids;
    expect(now.toSorted()).toEqual([...ids.filter((id) => id !== idAt(900)), idAt(901)].toSorted());
    expect(index.segmentCount).toBe(2);
  });

  it.each([
    ['dying', 'code 3'],
    ['hoarding', 'failed'],
  ])('fails when the thread ends (%s)', async (way, message) => {
    const merger = open({ entry: failing(way), heapMiB: 8 });
    const merges = [1, 2].map(() => merger.merged(wholeMerge(severalSegments()), never));
    for (const result of await Promise.allSettled(merges)) {
      expect(result).toMatchObject({ reason: expect.any(MergeThreadLost) });
      expect(String((result as PromiseRejectedResult).reason)).toContain(message);
    }
  });

  it('fails when there is no thread to be had, or it takes too long', async () => {
    const missing = open({ entry: new URL('missing.mjs', processes) });
    const slow = open({ entry: failing('hanging'), timeoutMs: 20 });
    for (const merger of [missing, slow]) {
      const merging = merger.merged(wholeMerge(severalSegments()), never);
      await expect(merging).rejects.toBeInstanceOf(MergeThreadLost);
      expect(merger.isRunning).toBe(false);
    }
  });

  it('fails with what merging fails with, and goes on with the next', async () => {
    const merger = open({});
    const [broken, whole] = [wholeMerge(severalSegments()), wholeMerge(severalSegments())];
    const [first] = broken.sources;
    if (first === undefined) throw new Error('there is no source');
    const { ids } = first.segment;
    const merge = {
      languages: broken.languages,
      sources: [{ ...first, segment: { ...first.segment, availability: ids.words } }],
    } as unknown as PendingMerge;
    await expect(merger.merged(merge, never)).rejects.toThrow('is not what it should be');
    expect((await merger.merged(whole, never)).ids).toHaveLength(whole.size);
  });

  it('ends with the replica, whatever the thread is at', async () => {
    const stopping = new AbortController();
    const merger = open({ entry: failing('hanging') });
    const merging = merger.merged(wholeMerge(severalSegments()), stopping.signal);
    setImmediate(() => stopping.abort(new Error('stopping')));
    await expect(merging).rejects.toThrow('stopping');
    expect(merger.isRunning).toBe(false);
  });

  it('gives its memory back when there is nothing to merge, and begins again', async () => {
    const merger = open({ idleMs: 0 });
    for (let round = 0; round < 2; round += 1) {
      const { ids } = await merger.merged(wholeMerge(severalSegments()), never);
      expect(ids.length).toBeGreaterThan(20);
      await eventually('the thread has ended', () => !merger.isRunning);
    }
  });
});
