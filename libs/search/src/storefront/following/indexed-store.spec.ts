import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { idAt, named, pageOf, selectionOf } from '../../../test/indexed-products.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import { searchErrors } from '../../model/search.errors.js';
import { StepwiseMerger } from '../merging/stepwise-merger.js';
import { systemTiming } from './index-timing.js';
import { IndexRoom } from './index-room.js';
import { IndexedStore } from './indexed-store.js';

interface WorldOptions {
  /** Only a test of the bound itself may run into it. */
  readonly waitMs?: number;
}

class World {
  readonly source = new ScriptedSource();
  readonly failures: unknown[] = [];
  readonly stopping = new AbortController();
  /** Invalidations, as a replica counts them. */
  applied = 0;
  /** What the log has that was not applied yet. */
  readonly rows: (() => void)[] = [];
  readonly store: IndexedStore;

  constructor(names: readonly string[] = [], { waitMs = 60_000 }: WorldOptions = {}) {
    this.store = new IndexedStore(
      'main',
      {
        source: this.source,
        merger: new StepwiseMerger(),
        follow: async () => {
          for (const row of this.rows.splice(0)) row();
        },
        sequence: () => this.applied,
        timing: systemTiming,
        reportFailure: (error) => this.failures.push(error),
        signal: this.stopping.signal,
        waitMs,
        failurePauseMs: 20,
      },
      new IndexRoom(Infinity, () => []),
    );
    this.commit(...names.map((name, number) => [number, name] as const));
  }

  commit(...products: readonly (readonly [number, string])[]): void {
    this.source.put(...products.map(([number, name]) => named(number, name)));
  }

  async find(q: string): Promise<readonly string[]> {
    const index = await this.store.ready();
    return index.page(selectionOf({ q }), pageOf()).ids;
  }
}

describe('an indexed store', () => {
  it('shows what was marked before a search was asked for', async () => {
    const world = new World(['pad', 'disc']);
    expect(await world.find('pad')).toEqual([idAt(0)]);
    world.commit([1, 'pad new']);
    world.store.mark([idAt(1)]);
    expect(await world.find('pad')).toEqual([idAt(0), idAt(1)]);
    world.source.products.delete(idAt(0));
    world.store.mark([idAt(0)]);
    expect(await world.find('pad')).toEqual([idAt(1)]);
    expect(world.source.pages).toBe(1);
  });

  it('is loaded when its store has no products yet', async () => {
    const world = new World();
    expect(await world.find('pad')).toEqual([]);
    expect(world.failures).toEqual([]);
    world.commit([0, 'pad']);
    world.store.mark([idAt(0)]);
    expect(await world.find('pad')).toEqual([idAt(0)]);
  });

  it('loads again what is marked while it is loaded, for those who ask after that', async () => {
    const world = new World(['old']);
    await world.find('old');
    world.commit([0, 'first']);
    world.store.mark([idAt(0)]);
    const { reached, release } = world.source.holdNext();
    const early = world.find('first');
    await reached.opened;
    world.commit([0, 'second']);
    world.store.mark([idAt(0)]);
    const late = world.find('second');
    release.open();
    expect(await late).toEqual([idAt(0)]);
    await early;
    expect(world.source.asked.length).toBeGreaterThan(1);
  });

  it('never shows one product of a transaction without the other', async () => {
    const world = new World(['old a', 'old b']);
    await world.find('old');
    // Something else of the first product is loaded when both have been changed together.
    world.store.mark([idAt(0)]);
    world.commit([0, 'new a'], [1, 'new b']);
    world.rows.push(() => world.store.mark([idAt(0), idAt(1)]));
    expect(await world.find('old')).toEqual([]);
    expect(await world.find('new')).toHaveLength(2);
  });

  it('shows nothing of a transaction that runs into the first load without the rest', async () => {
    const world = new World(['old a', 'old b']);
    const { reached, release } = world.source.holdNext();
    const found = world.find('new');
    await reached.opened;
    world.commit([0, 'new a'], [1, 'new b']);
    world.rows.push(() => world.store.mark([idAt(0), idAt(1)]));
    release.open();
    expect(await found).toHaveLength(2);
    expect(world.source.asked).toEqual([[idAt(0), idAt(1)]]);
  });

  it('shows nothing in part while a product never stops changing, and does not wait for ever', async () => {
    const world = new World(['old a', 'old b', 'other'], { waitMs: 500 });
    await world.store.loaded();
    world.commit([0, 'new a'], [1, 'new b'], [2, 'other new']);
    let isHot = true;
    const changeAgain = (): void => {
      world.store.mark([idAt(0)]);
      if (isHot) world.rows.push(changeAgain);
    };
    world.store.mark([idAt(0), idAt(1)]);
    world.store.mark([idAt(2)]);
    changeAgain();
    await expect(world.find('new')).rejects.toMatchObject({
      code: searchErrors.indexNotReady().code,
    });
    // What has nothing to do with it is not kept waiting.
    expect([world.store.state.marked, world.store.isUpToDate]).toEqual([2, false]);
    isHot = false;
    await upToDate(world);
    expect(await world.find('new')).toEqual([idAt(0), idAt(1), idAt(2)]);
  });

  it('is not shown before nothing of its first load is in part', async () => {
    const world = new World(['old a', 'old b']);
    let rounds = 0;
    const changeAgain = (): void => {
      rounds += 1;
      world.commit([0, `new a ${rounds}`], [1, `new b ${rounds}`]);
      world.store.mark([idAt(0), idAt(1)]);
      if (rounds < 20) world.rows.push(changeAgain);
    };
    world.rows.push(changeAgain);
    expect(await world.find('old')).toEqual([]);
    expect([rounds, (await world.find('20')).length]).toEqual([20, 2]);
  });

  it('takes what it read for nothing when it is not known what was missed meanwhile', async () => {
    const world = new World(['old a', 'old b']);
    await world.find('old');
    world.store.mark([idAt(0)]);
    // The row that names both is never applied.
    const missed = (): void => {
      world.commit([0, 'new a'], [1, 'new b']);
      world.store.markVoid();
    };
    world.rows.push(missed);
    const { reached, release } = world.source.holdNext();
    const found = world.find('new');
    await reached.opened;
    world.commit([0, 'new a']);
    release.open();
    expect(await found).toHaveLength(2);
    expect(world.source.pages).toBe(2);
    world.store.markVoid();
    world.rows.push(() => world.store.markVoid());
    expect(await world.find('new')).toHaveLength(2);
    expect(world.source.pages).toBe(4);
  });

  it('looks at a store that has changed, and loads its products anew when its languages are others', async () => {
    const world = new World(['pad']);
    await world.find('pad');
    world.store.markStore();
    await world.find('pad');
    expect(world.source.pages).toBe(1);
    world.source.store = { id: 'store', locales: ['en', 'de'], defaultLocale: 'en' };
    world.store.markStore();
    await world.find('pad');
    expect(world.source.pages).toBe(2);
    world.source.failure = new Error('away');
    world.store.markStore();
    await expect(world.find('pad')).rejects.toThrow('away');
    world.source.failure = undefined;
    world.source.store = undefined;
    expect(await world.find('pad')).toEqual([]);
  });

  it('ends its load when the replica stops', async () => {
    const world = new World(['pad']);
    const { reached, release } = world.source.holdNext();
    const loaded = world.store.loaded();
    await reached.opened;
    world.stopping.abort(new Error('stopping'));
    release.open();
    await expect(loaded).rejects.toThrow('stopping');
    await world.store.settled();
    expect(world.store.isUpToDate).toBe(false);
  });

  it('says how it is doing', async () => {
    const world = new World(['pad', 'disc']);
    expect(world.store.state).toMatchObject({ products: 0, marked: 0, loadMs: undefined });
    expect(world.store.state.behindMs).toBeGreaterThan(0);
    await world.store.loaded();
    expect(world.store.state).toMatchObject({ products: 2, segments: 1, marked: 0, behindMs: 0 });
    expect(world.store.state.loadMs).toBeGreaterThan(0);
    expect(world.store.state.bytes).toBeGreaterThan(100);
    world.store.mark([idAt(0), idAt(7)]);
    expect(world.store.state.marked).toBe(2);
    expect(world.store.state.behindMs).toBeGreaterThan(0);
  });

  it('is loaded whole after it was not known what was missed', async () => {
    const world = new World(['pad']);
    await world.find('pad');
    world.commit([1, 'pad too']);
    world.store.markVoid();
    expect(await world.find('pad')).toHaveLength(2);
    expect(world.source.pages).toBe(2);
    world.source.store = undefined;
    world.store.markVoid();
    expect(await world.find('pad')).toEqual([]);
  });

  it('keeps what is marked when it cannot be loaded, and tries again', async () => {
    const world = new World(['pad']);
    await world.find('pad');
    world.commit([1, 'pad too']);
    world.store.mark([idAt(1)]);
    world.source.failure = new Error('away');
    await expect(world.find('pad')).rejects.toThrow('away');
    world.source.failure = undefined;
    expect(await world.find('pad')).toHaveLength(2);
    world.store.markVoid();
    world.source.failure = new Error('away again');
    await expect(world.find('pad')).rejects.toThrow('away again');
    world.source.failure = undefined;
    expect(await world.find('pad')).toHaveLength(2);
    expect(world.failures).toHaveLength(2);
  });

  it('does not keep a search waiting for a load that hangs', async () => {
    const world = new World(['pad'], { waitMs: 50 });
    const { release } = world.source.holdNext();
    await expect(world.find('pad')).rejects.toMatchObject({
      code: searchErrors.indexNotReady().code,
      retryAfterSeconds: 1,
    });
    release.open();
    await world.store.loaded();
    expect(await world.find('pad')).toHaveLength(1);
  });

  it('loads more products than a page has, and knows which are its own', async () => {
    const world = new World(Array.from({ length: 2_500 }, (_, number) => `pad ${number}`));
    // Nobody knows yet.
    expect(world.store.concerns(idAt(7_000))).toBe(true);
    await world.store.loaded();
    expect([world.store.state.products, world.source.pages]).toEqual([2_500, 3]);
    expect(world.store.concerns(idAt(7))).toBe(true);
    expect(world.store.concerns(idAt(9_999))).toBe(false);
    world.store.mark([idAt(9_999)]);
    expect(world.store.concerns(idAt(9_999))).toBe(true);
    await world.store.ready();
    expect(world.store.concerns(idAt(9_999))).toBe(false);
  });
});

/** However short a search may wait. */
async function upToDate({ store }: World): Promise<void> {
  while (!store.isUpToDate) {
    store.catchUp();
    await setImmediate();
  }
}
