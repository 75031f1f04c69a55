import { describe, expect, it } from '@jest/globals';
import { idAt, named, pageOf, selectionOf } from '../../../test/indexed-products.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import { StepwiseMerger } from '../merging/stepwise-merger.js';
import { systemTiming } from './index-timing.js';
import type { IndexedStore } from './indexed-store.js';
import { IndexedStores } from './indexed-stores.js';

const TOO_LARGE = { code: 'search.index-too-large', status: 503, retryAfterSeconds: 60 };

class World {
  readonly sources = { first: new ScriptedSource(), second: new ScriptedSource() };
  readonly stores: IndexedStores;
  readonly failures: unknown[] = [];
  passedMs = 0;

  constructor(maxBytes = Infinity) {
    const timing = { ...systemTiming, nowMs: () => systemTiming.nowMs() + this.passedMs };
    this.stores = new IndexedStores(
      (code) => ({
        source: this.sources[code as 'first' | 'second'],
        merger: new StepwiseMerger(),
        follow: async () => undefined,
        sequence: () => 0,
        timing,
        reportFailure: (error) => this.failures.push(error),
        signal: new AbortController().signal,
        waitMs: 60_000,
        failurePauseMs: 20,
      }),
      maxBytes,
    );
    this.put('first', 0, 100);
    this.put('second', 200, 300);
  }

  get first(): IndexedStore {
    return this.stores.of('first');
  }

  get second(): IndexedStore {
    return this.stores.of('second');
  }

  put(store: 'first' | 'second', from: number, to: number): string[] {
    const numbers = Array.from({ length: to - from }, (_, index) => from + index);
    this.sources[store].put(...numbers.map((number) => named(number, `pad ${number}`)));
    return numbers.map((number) => idAt(number));
  }

  async find(store: IndexedStore): Promise<number> {
    const index = await store.ready();
    return index.page(selectionOf({ q: 'pad' }), pageOf({ limit: 1_000 })).ids.length;
  }
}

/** What the index of a store of a hundred products takes. */
async function usualBytes(): Promise<number> {
  const { first } = new World();
  await first.loaded();
  return first.bytes;
}

describe('the room for the indexes of a replica', () => {
  it('has none for a store that is too large, of which nothing is shown', async () => {
    const { first, sources, failures } = new World((await usualBytes()) - 1);
    await expect(first.ready()).rejects.toMatchObject(TOO_LARGE);
    expect(first.state).toMatchObject({ products: 0, bytes: 0, loadMs: undefined });
    expect([first.isTooLarge, first.isUpToDate]).toEqual([true, false]);
    // The sizes are for the log alone; shoppers have no use for them.
    const sizes = expect.stringMatching(/^the indexes would take \d+ bytes of the \d+ of SEARCH/);
    expect(failures).toMatchObject([{ ...TOO_LARGE, cause: { message: sizes } }]);
    expect((failures[0] as Error).message).not.toMatch(/\d/);
    // Nobody waits, and nothing is read, for a minute.
    const { pages } = sources.first;
    await expect(first.ready()).rejects.toMatchObject(TOO_LARGE);
    await expect(first.loaded()).rejects.toMatchObject(TOO_LARGE);
    first.catchUp();
    await first.settled();
    expect([sources.first.pages, failures.length]).toEqual([pages, 1]);
  });

  it('takes it in when it fits, after a minute', async () => {
    const world = new World((await usualBytes()) - 1);
    await expect(world.first.ready()).rejects.toMatchObject(TOO_LARGE);
    for (const id of world.put('first', 10, 100)) world.sources.first.products.delete(id);
    world.passedMs += 59_000;
    await expect(world.first.ready()).rejects.toMatchObject(TOO_LARGE);
    world.passedMs += 1_000;
    expect(await world.find(world.first)).toBe(10);
    expect(world.first.isTooLarge).toBe(false);
  });

  it('is asked for again after twenty times as long as the load took', async () => {
    const world = new World((await usualBytes()) - 1);
    const { first } = world.sources;
    first.beforeAnswer = () => {
      world.passedMs += 10_000;
    };
    await expect(world.first.ready()).rejects.toMatchObject(TOO_LARGE);
    const { pages } = first;
    world.passedMs += 195_000;
    await expect(world.first.ready()).rejects.toMatchObject(TOO_LARGE);
    expect(first.pages).toBe(pages);
    world.passedMs += 10_000;
    await expect(world.first.ready()).rejects.toMatchObject(TOO_LARGE);
    expect(first.pages).toBe(2 * pages);
  });

  it('is that of all stores together, and keeps what others have', async () => {
    const world = new World((await usualBytes()) * 1.5);
    expect(await world.find(world.first)).toBe(100);
    await expect(world.second.ready()).rejects.toMatchObject(TOO_LARGE);
    expect(await world.find(world.first)).toBe(100);
    // One that is loaded anew takes the place of the one before.
    world.stores.cleared();
    expect(await world.find(world.first)).toBe(100);
  });

  it('lets one that has been loaded grow by a quarter, and holds nothing of it beyond that', async () => {
    const world = new World((await usualBytes()) * 1.05);
    const { stores, first } = world;
    await first.loaded();
    expect(stores.room.takenBytes).toBeLessThan(stores.room.maxBytes);
    first.mark(world.put('first', 100, 110));
    expect(await world.find(first)).toBe(110);
    expect(stores.room.takenBytes).toBeGreaterThan(stores.room.maxBytes);
    first.mark(world.put('first', 110, 190));
    await expect(first.ready()).rejects.toMatchObject(TOO_LARGE);
    await first.settled();
    expect(first.state).toMatchObject({ products: 0, bytes: 0, loadMs: undefined });
    expect(first.frozen()).toBeUndefined();
  });

  it('has answers voided that an index has given before it was dropped', async () => {
    const world = new World((await usualBytes()) * 1.05);
    const { stores, first } = world;
    await first.loaded();
    const voided = stores.applied([`product:${idAt(5)}`, `product-price:${idAt(5)}`]);
    expect(await world.find(first)).toBe(100);
    first.mark(world.put('first', 100, 200));
    await expect(first.ready()).rejects.toMatchObject(TOO_LARGE);
    expect(stores.applied([`product:${idAt(5)}`, `product-price:${idAt(5)}`])).toEqual(voided);
    expect(voided).not.toEqual([]);
    expect(first.state.marked).toBe(0);
  });
});
