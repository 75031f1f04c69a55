import { describe, expect, it } from '@jest/globals';
import { createLogger, Metrics } from '#libs/observability';
import { finish, idAt, indexed, storeIndexOf } from '../../../test/indexed-products.js';
import type { PendingMerge } from '../../model/index/pending-merge.js';
import type { Segment } from '../../model/index/segment.js';
import { SegmentMerging, THREAD_FROM_PRODUCTS } from './segment-merging.js';
import { StepwiseMerger } from './stepwise-merger.js';

/** A merge of so many products. */
function mergeOf(count: number): PendingMerge {
  const products = Array.from({ length: count }, (_, number) => indexed(number));
  const index = storeIndexOf(products.slice(1));
  finish(index.change([idAt(0)], products.slice(0, 1)));
  const merge = index.wholeMerge();
  if (merge === undefined) throw new Error('there is nothing to merge');
  return merge;
}

class World extends SegmentMerging {
  readonly lines: string[];
  readonly stopping = new AbortController();
  threads = 0;
  /** What the thread fails with. */
  failure: Error | undefined;
  protected override readonly thread = {
    merged: async (merge: PendingMerge, signal: AbortSignal): Promise<Segment> => {
      this.threads += 1;
      if (this.failure !== undefined) throw this.failure;
      return new StepwiseMerger().merged(merge, signal);
    },
    stop: async () => undefined,
  };

  constructor(private readonly shown = new Metrics()) {
    const lines: string[] = [];
    super(createLogger({ level: 'info' }, { write: (line) => void lines.push(line) }), shown);
    this.lines = lines;
  }

  async merge(count: number): Promise<number> {
    const { ids } = await this.merged(mergeOf(count), this.stopping.signal);
    return ids.length;
  }

  async places(): Promise<Record<string, number>> {
    const { body } = await this.shown.render();
    const lines = body.matchAll(/^lockstep_search_merges_total\{place="(\w+)"[^}]*\} (\S+)$/gm);
    return Object.fromEntries([...lines].map(([, place = '', value]) => [place, Number(value)]));
  }
}

describe('where segments are merged', () => {
  it('is a thread for many products, and this one for few', async () => {
    const world = new World();
    expect(await world.merge(THREAD_FROM_PRODUCTS)).toBe(THREAD_FROM_PRODUCTS);
    expect(world.threads).toBe(1);
    expect(await world.merge(THREAD_FROM_PRODUCTS - 1)).toBe(THREAD_FROM_PRODUCTS - 1);
    expect(world.threads).toBe(1);
    expect(await world.places()).toEqual({ thread: 1, steps: 1 });
  });

  it('is this one while the thread fails, which is logged when it begins', async () => {
    const world = new World();
    world.failure = new Error('the thread has died');
    for (let round = 0; round < 2; round += 1) {
      expect(await world.merge(THREAD_FROM_PRODUCTS)).toBe(THREAD_FROM_PRODUCTS);
    }
    expect(world.lines).toHaveLength(1);
    expect(world.lines[0]).toContain('the thread has died');
    world.failure = undefined;
    await world.merge(THREAD_FROM_PRODUCTS);
    world.failure = new Error('once more');
    await world.merge(THREAD_FROM_PRODUCTS);
    expect(world.lines).toHaveLength(2);
    expect(await world.places()).toEqual({ fallback: 3, thread: 1 });
  });

  it('is nowhere when the replica stops', async () => {
    const world = new World();
    world.failure = new Error('ended with the replica');
    world.stopping.abort(new Error('stopping'));
    await expect(world.merge(THREAD_FROM_PRODUCTS)).rejects.toThrow('stopping');
    expect([world.lines, await world.places()]).toEqual([[], {}]);
  });
});
