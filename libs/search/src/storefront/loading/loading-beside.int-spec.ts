import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseDatabaseUrl } from '#libs/config';
import { PublishedProductViewRepository } from '#libs/catalog';
import { FileReads, SqlReader, type ReadSource } from '#libs/database';
import { BestAvailabilityViewRepository } from '#libs/inventory';
import { OfferedPriceViewRepository } from '#libs/pricing';
import { StoreLookup, type Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../../catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../../catalog/test/catalog-fixture.js';
import { contentsOf } from '../../../test/contents-of.js';
import { selectionOf } from '../../../test/indexed-products.js';
import type { FrozenSegment } from '../../model/index/live-segment.js';
import { StoreIndex } from '../../model/index/store-index.js';
import { buildingInSteps } from '../building/index-building.js';
import { CatalogIndexSource } from '../following/catalog-index-source.js';
import { languagesOf } from '../following/index-source.js';
import { systemTiming } from '../following/index-timing.js';
import { loadStore } from '../following/load-store.js';
import { loadingBeside, type LoadingOptions } from './loading-beside.js';

const BUILT = pathToFileURL('dist/replicas/load-thread.js');
const OPTIONS: LoadingOptions = {
  entry: BUILT,
  threads: 3,
  fromProducts: 20,
  silenceMs: 60_000,
};

/** Several pages for each thread. */
const PRODUCTS = 2_100;

/** What threads do instead of reading. */
const LOSSES = { ended: 'process.exit(3)', failed: "throw new Error('no room')", nothing: '' };

function lostThread(how: keyof typeof LOSSES): URL {
  return new URL(
    `data:text/javascript,import { parentPort } from 'node:worker_threads';
     parentPort.postMessage('working');
     parentPort.on('message', () => { ${LOSSES[how]} });`,
  );
}

const readsOf = (file: string, statement: Parameters<ReadSource['read']>[0]) =>
  new FileReads(file).read(statement);

describeOnEachDatabase(
  'loading products on threads that read by themselves',
  (open) => {
    const signal = new AbortController().signal;
    const admitted: number[] = [];
    const admit = (bytes: number): void => void admitted.push(bytes);
    let catalog: CatalogFixture;
    let store: Store;
    let source: CatalogIndexSource;

    beforeAll(async () => {
      catalog = await CatalogFixture.open(open);
      store = await catalog.addStore();
      const drafts = Array.from({ length: PRODUCTS }, (_unused, number) =>
        productDraft(`p${number}`, {
          name: `Kettle ${number}`,
          options: ['Size'],
          attributes: [{ code: 'colour', value: number % 2 === 0 ? 'red' : 'blue' }],
          variants: ['S', 'M'].map((size, place) =>
            variantDraft({
              sku: `${size}-${number}`,
              optionValues: [size],
              prices: [
                { currency: 'EUR', amountMinor: 100 * (number + place), compareAtMinor: null },
              ],
              stock: { onHand: number % 3, isTracked: true, allowsBackorder: false },
            }),
          ),
        }),
      );
      const draft = productDraft('draft', { status: 'draft' });
      await catalog.saveMany(store, [...drafts, draft]);
      source = sourceOf(catalog.reader);
    });

    afterAll(() => catalog.close());

    function sourceOf(reader: SqlReader): CatalogIndexSource {
      return new CatalogIndexSource(
        reader,
        new StoreLookup(),
        new PublishedProductViewRepository(reader),
        new OfferedPriceViewRepository(reader),
        new BestAvailabilityViewRepository(reader),
      );
    }

    /** What is made here of the same products. */
    async function madeHere(): Promise<readonly FrozenSegment[]> {
      const building = buildingInSteps(systemTiming)(languagesOf(store), signal);
      await building.add(await source.page(store, '', PRODUCTS + 1));
      return building.finish();
    }

    it('makes of one range what is made here', async () => {
      admitted.length = 0;
      const load = loadingBeside(source, { ...OPTIONS, threads: 1 });
      const made = await load(store, signal, admit);
      expect(made?.map(({ alive }) => alive.length)).toEqual([PRODUCTS]);
      expect(contentsOf(made)).toEqual(contentsOf(await madeHere()));
      // After each page but the last.
      expect(admitted).toHaveLength(Math.floor(PRODUCTS / 250));
    });

    it('makes segments of several ranges, with each product once', async () => {
      const index = await loadStore(
        source,
        store,
        { signal, timing: systemTiming, loadBeside: loadingBeside(source, OPTIONS) },
        admit,
      );
      const here = new StoreIndex(languagesOf(store), await madeHere());
      expect([index.segmentCount, index.size]).toEqual([3, PRODUCTS]);
      for (const q of [undefined, 'kettle', 'kettle 77', 'm-2000', 'nothing']) {
        const selection = selectionOf({ locale: 'en', ...(q === undefined ? {} : { q }) });
        expect(index.facets(selection)).toEqual(here.facets(selection));
      }
    });

    it('is asked whether there is room for what all threads have made', async () => {
      const telling = new URL(
        `data:text/javascript,import { parentPort } from 'node:worker_threads';
         let said = 0;
         parentPort.postMessage('working');
         parentPort.on('message', () => { parentPort.postMessage((said = Math.min(400, said + 100))); });`,
      );
      const load = loadingBeside(source, { ...OPTIONS, entry: telling });
      const asked: number[] = [];
      const refused = load(store, signal, (bytes) => {
        asked.push(bytes);
        if (bytes > 1_000) throw new Error('too large');
        if (asked.length > 100_000) throw new Error('asked for ever');
      });
      await expect(refused).rejects.toThrow('too large');
      expect(asked.at(-1)).toBe(1_100);
      // Nothing was lost: threads are used again.
      await expect(load(store, AbortSignal.abort(new Error('stopping')), admit)).rejects.toThrow(
        'stopping',
      );
    });

    it('fails with a thread that fails, ends or hangs; then it is read here once', async () => {
      for (const [how, said] of [
        ['ended', 'it ended'],
        ['failed', 'it failed'],
        ['nothing', 'it says nothing'],
      ] as const) {
        const silenceMs = how === 'nothing' ? 100 : OPTIONS.silenceMs;
        const options = { ...OPTIONS, entry: lostThread(how), silenceMs };
        const load = loadingBeside(source, options);
        for (let round = 0; round < 2; round += 1) {
          await expect(load(store, signal, admit)).rejects.toMatchObject({
            code: 'search.index-not-ready',
            message: expect.stringMatching(said),
          });
          expect(await load(store, signal, admit)).toBeUndefined();
        }
      }
    });

    it('ends the other threads when one fails', async () => {
      const oneFails = new URL(
        `data:text/javascript,import { parentPort, workerData } from 'node:worker_threads';
         let said = 0;
         parentPort.postMessage('working');
         parentPort.on('message', () => {
           if (workerData.range.afterId === '' && said > 5) throw new Error('no room');
           parentPort.postMessage((said += 1));
         });`,
      );
      const asked: number[] = [];
      const load = loadingBeside(source, { ...OPTIONS, entry: oneFails });
      const loading = load(store, signal, (bytes) => void asked.push(bytes));
      await expect(loading).rejects.toThrow('it failed');
      const count = asked.length;
      await delay(100);
      expect(asked).toHaveLength(count);
    });

    it('is told what the database says', async () => {
      const { file = '' } = source;
      const gone = new SqlReader(
        { file: `${file}-gone`, read: (statement) => readsOf(file, statement) },
        'sqlite',
      );
      const load = loadingBeside(sourceOf(gone), OPTIONS);
      const failure = load(store, signal, admit);
      await expect(failure).rejects.toMatchObject({
        code: 'search.index-not-ready',
        cause: expect.objectContaining({ code: 'SQLITE_CANTOPEN' }),
      });
    });

    it('ends with its signal', async () => {
      const stopping = new AbortController();
      const load = loadingBeside(source, { ...OPTIONS, entry: lostThread('nothing') });
      const loading = load(store, stopping.signal, admit);
      setTimeout(() => stopping.abort(new Error('stopping')), 50);
      await expect(loading).rejects.toThrow('stopping');
    });

    it('is not for few products, nor for what is no file, nor where there are no threads', async () => {
      const few = loadingBeside(source, { ...OPTIONS, fromProducts: PRODUCTS + 1 });
      expect(await few(store, signal, admit)).toBeUndefined();
      const none = loadingBeside(source, { ...OPTIONS, entry: undefined });
      expect(await none(store, signal, admit)).toBeUndefined();
      const { kind, file } = parseDatabaseUrl(catalog.databaseUrl) as {
        kind: string;
        file: string;
      };
      expect([kind, source.file]).toEqual(['sqlite', file]);
      const server = new SqlReader({ read: (statement) => readsOf(file, statement) }, 'sqlite');
      const elsewhere = loadingBeside(sourceOf(server), OPTIONS);
      expect(await elsewhere(store, signal, admit)).toBeUndefined();
    });
  },
  { sqliteOnly: 'the threads read a file; products of a server are read by the thread that asks' },
);
