import { describe, expect, it } from '@jest/globals';
import { gate } from '#libs/testing';
import { idAt, named, pageOf, selectionOf } from '../../../test/indexed-products.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import type { PendingMerge } from '../../model/index/pending-merge.js';
import type { Segment } from '../../model/index/segment.js';
import type { SegmentMerger } from '../merging/segment-merger.js';
import { StepwiseMerger } from '../merging/stepwise-merger.js';
import { systemTiming } from './index-timing.js';
import { IndexRoom } from './index-room.js';
import { IndexedStore } from './indexed-store.js';

/** A store of two segments that are merged elsewhere, for as long as it takes. */
class World implements SegmentMerger {
  readonly source = new ScriptedSource();
  readonly failures: unknown[] = [];
  readonly stopping = new AbortController();
  readonly begun = gate();
  /** How the merge ends. */
  readonly ended = gate();
  failure: Error | undefined;
  readonly store: IndexedStore;

  constructor() {
    this.store = new IndexedStore(
      'main',
      {
        source: this.source,
        merger: this,
        follow: async () => undefined,
        sequence: () => 0,
        timing: systemTiming,
        reportFailure: (error) => this.failures.push(error),
        signal: this.stopping.signal,
        waitMs: 60_000,
        failurePauseMs: 0,
      },
      new IndexRoom(Infinity, () => []),
    );
  }

  static async merging(): Promise<World> {
    const world = new World();
    await world.change([1, 'pad one']);
    await world.change([2, 'pad two']);
    await world.begun.opened;
    return world;
  }

  async merged(merge: PendingMerge, signal: AbortSignal): Promise<Segment> {
    const stopped = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    this.begun.open();
    await Promise.race([this.ended.opened, stopped]);
    if (this.failure !== undefined) throw this.failure;
    return new StepwiseMerger().merged(merge, signal);
  }

  async change(...products: readonly (readonly [number, string])[]): Promise<void> {
    this.source.put(...products.map(([number, name]) => named(number, name)));
    this.store.mark(products.map(([number]) => idAt(number)));
    await this.store.ready();
  }

  async find(q: string): Promise<readonly string[]> {
    const index = await this.store.ready();
    return index.page(selectionOf({ q }), pageOf()).ids;
  }
}

describe('while segments of an index are merged elsewhere', () => {
  it('searches are answered and changes take effect, and hold when it is done', async () => {
    const world = await World.merging();
    await world.change([2, 'disc two'], [3, 'pad three']);
    world.source.products.delete(idAt(1));
    world.store.mark([idAt(1)]);
    const expected = [[idAt(3)], [idAt(2)]];
    expect([await world.find('pad'), await world.find('disc')]).toEqual(expected);
    world.ended.open();
    await world.store.settled();
    expect([await world.find('pad'), await world.find('disc')]).toEqual(expected);
    expect([world.store.state.products, world.failures]).toEqual([2, []]);
  });

  it('a failure costs nothing but the merge, which is done with the next change', async () => {
    const world = await World.merging();
    world.failure = new Error('no memory');
    world.ended.open();
    await world.store.settled();
    expect(await world.find('pad')).toHaveLength(2);
    expect([world.store.state.segments, world.failures]).toEqual([2, [world.failure]]);
    world.failure = undefined;
    await world.change([3, 'pad three']);
    await world.store.settled();
    expect(world.store.state.segments).toBe(1);
    expect(await world.find('pad')).toHaveLength(3);
  });

  it('a replica that stops does not wait for it', async () => {
    const world = await World.merging();
    world.stopping.abort(new Error('stopping'));
    await world.store.settled();
    expect(world.failures).toEqual([world.stopping.signal.reason]);
  });
});
