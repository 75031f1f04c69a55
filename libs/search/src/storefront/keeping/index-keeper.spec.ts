import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '#libs/database';
import { idAt, named, pageOf, selectionOf } from '../../../test/indexed-products.js';
import { MemoryShelf } from '../../../test/memory-shelf.js';
import { ScriptedSource } from '../../../test/scripted-source.js';
import { UnusableFile } from '../../model/file/unusable-file.js';
import { systemTiming } from '../following/index-timing.js';
import { IndexedStores } from '../following/indexed-stores.js';
import { StepwiseMerger } from '../merging/stepwise-merger.js';
import { IndexKeeper, type KeeperNews } from './index-keeper.js';

const CODE = 'main';
const NEVER_YOUNG = 0;

/** The database: products, and the rows that tell of their changes. */
class Shop {
  readonly source = new ScriptedSource();
  rows: LogRecord[] = [];
  prunedTo = 0;

  /** A row of the log; its products come into lists. */
  tell(...tags: string[]): void {
    const position = (this.rows.at(-1)?.position ?? this.prunedTo) + 1;
    this.rows.push({ position, tags, committedAt: 1_000 * position });
  }

  commit(...products: readonly (readonly [number, string])[]): void {
    this.source.put(...products.map(([number, name]) => named(number, name)));
    this.tell(...products.map(([number]) => `product:${idAt(number)}`), `store-products:${CODE}`);
  }
}

/** A process that has the store in memory; it hears of rows when it follows. */
class Process {
  readonly news: KeeperNews[] = [];
  readonly stores: IndexedStores;
  readonly keeper: IndexKeeper;
  position = 0;
  private sequence = 0;

  constructor(
    private readonly shop: Shop,
    shelf: MemoryShelf,
    /** Rows behind the position are heard of, not those before. */
    from = 0,
  ) {
    this.position = from;
    this.keeper = new IndexKeeper({
      shelf,
      log: {
        readAfter: async (position, limit) => ({
          records: shop.rows.filter((row) => row.position > position).slice(0, limit),
          prunedTo: shop.prunedTo,
          last: shop.rows.at(-1)?.position ?? 0,
        }),
        newestUpTo: async (position) => shop.rows.findLast((row) => row.position <= position),
      },
      watermark: () => this.position,
      timing: systemTiming,
      report: (_code, news) => this.news.push(news),
    });
    this.stores = new IndexedStores(
      () => ({
        source: shop.source,
        merger: new StepwiseMerger(),
        revive: (code, store) => this.keeper.revive(code, store),
        follow: async () => this.hear(),
        sequence: () => this.sequence,
        timing: systemTiming,
        reportFailure: (error) => this.news.push({ kind: 'refused', error }),
        signal: new AbortController().signal,
        waitMs: 60_000,
        failurePauseMs: 20,
      }),
      Infinity,
    );
  }

  get store() {
    return this.stores.of(CODE);
  }

  hear(): void {
    for (const row of this.shop.rows.filter(({ position }) => position > this.position)) {
      this.sequence += 1;
      if (row.tags.includes('*')) this.stores.cleared();
      else this.stores.applied(row.tags);
      this.position = row.position;
    }
  }

  async find(q: string): Promise<readonly string[]> {
    const index = await this.store.ready();
    return index.page(selectionOf({ q }), pageOf()).ids;
  }

  keep(youngerMs = NEVER_YOUNG): Promise<void> {
    return this.keeper.keep(this.store, youngerMs, new AbortController().signal);
  }

  get kinds(): string[] {
    return this.news.map(({ kind }) => kind);
  }
}

/** A shop of two products, and what a process has kept of it. */
async function kept(): Promise<{ shop: Shop; shelf: MemoryShelf; pages: () => number }> {
  const shop = new Shop();
  const shelf = new MemoryShelf();
  shop.commit([0, 'pad'], [1, 'disc']);
  const process = new Process(shop, shelf);
  await process.find('pad');
  await process.keep();
  expect(process.kinds).toEqual(['absent', 'kept']);
  const before = shop.source.pages;
  return { shop, shelf, pages: () => shop.source.pages - before };
}

/** A process that hears of nothing that the log has by now: whatever it knows of that, it has read itself. */
const lateProcess = (shop: Shop, shelf: MemoryShelf): Process =>
  new Process(shop, shelf, shop.rows.at(-1)?.position);

async function expectLoaded(shop: Shop, shelf: MemoryShelf, reason: string): Promise<void> {
  const before = shop.source.pages;
  const process = lateProcess(shop, shelf);
  await process.store.loaded();
  expect(shop.source.pages).toBeGreaterThan(before);
  expect(process.news).toEqual([{ kind: 'refused', error: new UnusableFile(reason) }]);
  // What cannot be used is out of the way of what comes next.
  expect(shelf.kept.size).toBe(0);
}

describe('a keeper of indexes', () => {
  it('goes on with what was kept, and loads what rows have named since', async () => {
    const { shop, shelf, pages } = await kept();
    shop.commit([1, 'pad too'], [2, 'pad new']);
    shop.source.products.delete(idAt(0));
    shop.tell(`product:${idAt(0)}`);
    const process = lateProcess(shop, shelf);
    expect(await process.find('pad')).toEqual([idAt(2), idAt(1)]);
    expect([pages(), process.kinds]).toEqual([0, ['used']]);
  });

  it('loads nothing that concerns other stores', async () => {
    const { shop, shelf } = await kept();
    shop.tell(`product:${idAt(70)}`, 'store-products:other');
    shop.tell(`prices:${idAt(71)}`);
    shop.tell(`prices:${idAt(1)}`, 'cart:7');
    shop.source.asked.length = 0;
    await lateProcess(shop, shelf).find('pad');
    expect(shop.source.asked).toEqual([[idAt(1)]]);
  });

  it('knows a product again that has come into lists since', async () => {
    const { shop, shelf } = await kept();
    shop.commit([3, 'first']);
    shop.source.put(named(3, 'second'));
    shop.tell(`product:${idAt(3)}`);
    const process = lateProcess(shop, shelf);
    expect(await process.find('second')).toEqual([idAt(3)]);
  });

  it('shows nothing of a transaction without the rest, although another change runs into it', async () => {
    const { shop, shelf } = await kept();
    shop.commit([0, 'new a'], [1, 'new b']);
    const process = lateProcess(shop, shelf);
    let rounds = 0;
    shop.source.beforeAnswer = () => {
      rounds += 1;
      if (rounds === 1) shop.commit([1, 'newer b'], [2, 'newer c']);
    };
    expect(await process.find('new')).toEqual([idAt(0), idAt(1), idAt(2)]);
    expect(await process.find('newer')).toEqual([idAt(1), idAt(2)]);
  });

  it('keeps nothing that something is missing in', async () => {
    const { shop, shelf } = await kept();
    const process = new Process(shop, shelf);
    await process.find('pad');
    shop.commit([0, 'new']);
    process.hear();
    await process.keep();
    expect(process.kinds).toEqual(['used']);
    await process.find('new');
    await process.keep();
    expect(process.kinds).toEqual(['used', 'kept']);
    expect([...shelf.kept.values()][0]?.mark.position).toBe(2);
  });

  it('keeps nothing of a store that was not loaded, and nothing twice', async () => {
    const { shop, shelf } = await kept();
    const process = new Process(shop, shelf);
    await process.keep();
    await process.find('pad');
    await process.keep();
    shelf.isYoung = true;
    shop.commit([0, 'new']);
    process.hear();
    await process.find('new');
    await process.keep(60_000);
    expect(process.kinds).toEqual(['used']);
  });

  it('loads everything when the log does not reach back', async () => {
    const { shop, shelf } = await kept();
    shop.commit([0, 'new']);
    shop.rows = shop.rows.slice(1);
    shop.prunedTo = 1;
    await expectLoaded(shop, shelf, 'the log does not reach back to it');
  });

  it.each<[string, (row: LogRecord) => Partial<LogRecord> | undefined]>([
    ['is not there', () => undefined],
    ['was committed at another time', ({ committedAt }) => ({ committedAt: committedAt + 1 })],
    ['tells of something else', ({ tags }) => ({ tags: [...tags, 'product:x'] })],
  ])('loads everything when the last row that it knows %s', async (_name, change) => {
    const { shop, shelf } = await kept();
    shop.commit([0, 'new']);
    shop.rows = shop.rows.flatMap((row) => {
      if (row.position !== 1) return [row];
      const changed = change(row);
      return changed === undefined ? [] : [{ ...row, ...changed }];
    });
    await expectLoaded(shop, shelf, 'the log is not the one that it is the result of');
  });

  it('loads everything when the log ends before', async () => {
    const { shop, shelf } = await kept();
    shop.rows = [];
    await expectLoaded(shop, shelf, 'the log is not the one that it is the result of');
  });

  it('loads everything when everything was voided since', async () => {
    const { shop, shelf } = await kept();
    // By hand, so that no row names it.
    shop.source.put(named(0, 'behind the back'));
    shop.tell('*');
    await expectLoaded(shop, shelf, 'everything was voided since');
  });

  it('loads everything when that is less than what has changed', async () => {
    const { shop, shelf } = await kept();
    shop.commit(...Array.from({ length: 1_001 }, (_, number) => [number, 'pad'] as const));
    await expectLoaded(shop, shelf, 'too much has changed since');
  });

  it('loads everything when the log is longer than it is worth reading', async () => {
    const { shop, shelf } = await kept();
    for (let row = 0; row < 20_000; row += 1) shop.tell('cart:7');
    await expectLoaded(shop, shelf, 'the log has too many rows since');
  });

  it('takes a store with other languages for another one', async () => {
    const { shop, shelf, pages } = await kept();
    shop.source.store = { id: 'store', locales: ['en', 'de'], defaultLocale: 'en' };
    const process = lateProcess(shop, shelf);
    await process.store.loaded();
    expect([pages(), process.kinds]).toEqual([1, ['absent']]);
  });

  it('does without when nothing can be read or written', async () => {
    const { shop, shelf } = await kept();
    shelf.failure = new Error('the disk is full');
    const process = lateProcess(shop, shelf);
    expect(await process.find('pad')).toEqual([idAt(0)]);
    await process.keep();
    expect(process.kinds).toEqual(['refused', 'not kept']);
    // It may be usable when the disk is again.
    expect(shelf.kept.size).toBe(1);
  });

  it('trusts nothing that was kept once it was not known what was missed', async () => {
    const { shop, shelf, pages } = await kept();
    const process = lateProcess(shop, shelf);
    await process.find('pad');
    shop.source.put(named(0, 'behind the back'));
    process.stores.cleared();
    expect(await process.find('behind')).toEqual([idAt(0)]);
    expect(pages()).toBe(1);
  });
});
