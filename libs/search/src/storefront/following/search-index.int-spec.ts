import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { EVERYTHING, Follower } from '#libs/cache';
import { sql } from '#libs/database';
import { HealthRegistry, Metrics } from '#libs/observability';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, eventually, gate } from '#libs/testing';
import { productDraft } from '../../../../catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../../catalog/test/catalog-fixture.js';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { selectionOf } from '../../../test/indexed-products.js';
import { SearchModule } from '../search.module.js';
import { CatalogIndexSource } from './catalog-index-source.js';
import { SearchIndex } from './search-index.js';

/** Another process writes; the replica hears of it from the log alone. */
describeOnEachDatabase('the search index of a replica', (open, kind) => {
  let catalog: CatalogFixture;
  let replica: CatalogReplica;
  let store: Store;
  const reached = gate();
  const release = gate();

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    store = await catalog.addStore();
    await catalog.saveMany(store, [productDraft('a'), productDraft('b')]);
    const { page } = CatalogIndexSource.prototype;
    jest.spyOn(CatalogIndexSource.prototype, 'page').mockImplementation(async function (
      this: CatalogIndexSource,
      ...args
    ) {
      reached.open();
      await release.opened;
      return page.apply(this, args);
    });
    const shared = { kind, url: catalog.databaseUrl, remove: async () => undefined };
    replica = await CatalogReplica.start(async () => shared, [SearchModule]);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(async () => {
    release.open();
    await replica?.close();
    await catalog?.close();
  });

  const health = async () => {
    const { checks } = await replica.app.get(HealthRegistry).report();
    return checks['search']?.status;
  };

  const total = async (q?: string): Promise<number> => {
    const index = await replica.app.get(SearchIndex).ready(store.code);
    return index.facets(selectionOf(q === undefined ? {} : { q })).total;
  };

  const follow = () => replica.app.get(Follower).followNow();

  const gauges = async (): Promise<Record<string, number>> => {
    const { body } = await replica.app.get(Metrics).render();
    const lines = body.matchAll(/^lockstep_search_(\w+)\{store="([^"]*)"[^}]*\} (\S+)$/gm);
    const own = [...lines].filter(([, , code]) => code === store.code);
    return Object.fromEntries(own.map(([, name = '', , value]) => [name, Number(value)]));
  };

  it('keeps it from being ready until the products of every store have been loaded', async () => {
    await reached.opened;
    expect(await health()).toBe('down');
    expect(await gauges()).toMatchObject({ index_products: 0, marked_products: 0 });
    expect(await gauges()).not.toHaveProperty('load_seconds');
    release.open();
    await eventually('ready', async () => (await health()) === 'up', { withinMs: 60_000 });
    const loaded = await gauges();
    expect(loaded).toMatchObject({ index_products: 2, index_segments: 1, behind_seconds: 0 });
    expect(loaded['load_seconds']).toBeGreaterThan(0);
    expect(loaded['index_bytes']).toBeGreaterThan(0);
  });

  it('has what a row tells of as soon as the row is applied', async () => {
    expect(await total()).toBe(2);
    await catalog.saveMany(store, [productDraft('c'), productDraft('b', { status: 'draft' })]);
    await catalog.saveMany(store, [productDraft('d')]);
    await follow();
    expect(await total()).toBe(3);
  });

  it('catches up although no search waits for it', async () => {
    await catalog.saveMany(store, [productDraft('e'), productDraft('f')]);
    await follow();
    await eventually(
      'the gauges say so',
      async () => {
        expect(await gauges()).toMatchObject({
          index_products: 5,
          marked_products: 0,
          behind_seconds: 0,
        });
        return true;
      },
      { withinMs: 60_000 },
    );
  });

  it('is loaded anew when it is not known what was missed', async () => {
    await catalog.unitOfWork.run(async (tx) => {
      await tx.execute(sql`UPDATE product_translation SET name = ${'Behind the back'}`);
      tx.invalidate(EVERYTHING);
    });
    await follow();
    expect([await total('behind'), await total()]).toEqual([5, 5]);
  });

  it('takes products for those of a store that was added since', async () => {
    const other = await catalog.addStore();
    await catalog.saveMany(other, [productDraft('a'), productDraft('z')]);
    await follow();
    const index = await replica.app.get(SearchIndex).ready(other.code);
    expect([index.size, await total()]).toEqual([2, 5]);
  });
});
