import { describe, expect, it } from '@jest/globals';
import { idAt, named, pageOf, selectionOf } from '../../../test/indexed-products.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import { searchErrors } from '../../model/search.errors.js';
import { IndexedStore } from './indexed-store.js';

class World {
  readonly source = new ScriptedSource();
  readonly failures: unknown[] = [];
  /** What the log has that was not applied yet. */
  readonly rows: (() => void)[] = [];
  readonly store = new IndexedStore('main', {
    source: this.source,
    follow: async () => {
      for (const row of this.rows.splice(0)) row();
    },
    reportFailure: (error) => this.failures.push(error),
    waitMs: 2_000,
    failurePauseMs: 20,
  });

  constructor(...names: readonly string[]) {
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
    const world = new World('pad', 'disc');
    expect(await world.find('pad')).toEqual([idAt(0)]);
    world.commit([1, 'pad new']);
    world.store.mark([idAt(1)]);
    expect(await world.find('pad')).toEqual([idAt(0), idAt(1)]);
    world.source.products.delete(idAt(0));
    world.store.mark([idAt(0)]);
    expect(await world.find('pad')).toEqual([idAt(1)]);
    expect(world.source.pages).toBe(1);
  });

  it('loads again what is marked while it is loaded, for those who ask after that', async () => {
    const world = new World('old');
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
    const world = new World('old a', 'old b');
    await world.find('old');
    // Something else of the first product is loaded when both have been changed together.
    world.store.mark([idAt(0)]);
    world.commit([0, 'new a'], [1, 'new b']);
    world.rows.push(() => world.store.mark([idAt(0), idAt(1)]));
    expect(await world.find('old')).toEqual([]);
    expect(await world.find('new')).toHaveLength(2);
  });

  it('shows nothing of a transaction that runs into the first load without the rest', async () => {
    const world = new World('old a', 'old b');
    const { reached, release } = world.source.holdNext();
    const found = world.find('new');
    await reached.opened;
    world.commit([0, 'new a'], [1, 'new b']);
    world.rows.push(() => world.store.mark([idAt(0), idAt(1)]));
    release.open();
    expect(await found).toHaveLength(2);
    expect(world.source.asked).toEqual([[idAt(0), idAt(1)]]);
  });

  it('does not wait for ever for a product that never stops changing', async () => {
    const world = new World('pad');
    await world.find('pad');
    const changeAgain = (): void => {
      world.store.mark([idAt(0)]);
      world.rows.push(changeAgain);
    };
    changeAgain();
    expect(await world.find('pad')).toEqual([idAt(0)]);
    expect(world.source.asked.length).toBeLessThan(20);
  });

  it('is loaded whole after it was not known what was missed', async () => {
    const world = new World('pad');
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
    const world = new World('pad');
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
    const world = new World('pad');
    const { release } = world.source.holdNext();
    await expect(world.find('pad')).rejects.toMatchObject({
      code: searchErrors.indexNotReady().code,
      retryAfterSeconds: 1,
    });
    release.open();
    expect(await world.find('pad')).toHaveLength(1);
  }, 60_000);

  it('loads more products than a page has, and knows which are its own', async () => {
    const world = new World(...Array.from({ length: 2_500 }, (_, number) => `pad ${number}`));
    expect(world.store.concerns(idAt(7))).toBe(false);
    await world.store.loaded();
    expect([world.store.size, world.source.pages]).toEqual([2_500, 3]);
    expect(world.store.concerns(idAt(7))).toBe(true);
    expect(world.store.concerns(idAt(9_999))).toBe(false);
    world.store.mark([idAt(9_999)]);
    expect(world.store.concerns(idAt(9_999))).toBe(true);
    await world.store.ready();
    expect(world.store.concerns(idAt(9_999))).toBe(false);
  });
});
