import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { HealthRegistry, Metrics } from '#libs/observability';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { productDraft } from '../../../../catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../../catalog/test/catalog-fixture.js';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { SearchModule } from '../search.module.js';
import { SearchIndex } from './search-index.js';

describeOnEachDatabase('a store whose index is more than a replica may hold', (open, kind) => {
  let catalog: CatalogFixture;
  let replica: CatalogReplica | undefined;
  let store: Store;

  beforeEach(async () => {
    catalog = await CatalogFixture.open(open);
    store = await catalog.addStore();
    await catalog.saveMany(
      store,
      Array.from({ length: 20 }, (_, number) => productDraft(`of-many-${number}`)),
    );
  });

  afterEach(async () => {
    await replica?.close();
    await catalog.close();
    replica = undefined;
  });

  /** One that is ready. */
  async function start(maxBytes: number): Promise<CatalogReplica> {
    const shared = { kind, url: catalog.databaseUrl, remove: async () => undefined };
    const env = { SEARCH_INDEX_MAX_BYTES: String(maxBytes) };
    replica = await CatalogReplica.start(async () => shared, [SearchModule], env);
    const { app } = replica;
    await eventually('it is ready', async () => {
      const { checks } = await app.get(HealthRegistry).report();
      return checks['search']?.status === 'up';
    });
    return replica;
  }

  const listsOf = async ({ app }: CatalogReplica) =>
    (await app.get(HealthRegistry).report()).checks['lists'];

  it('is not held, and the replica says so and is ready', async () => {
    const small = await start(1_024);
    const index = small.app.get(SearchIndex);
    await expect(index.ready(store.code)).rejects.toMatchObject({
      code: 'search.index-too-large',
      status: 503,
      details: { store: store.code },
    });
    expect(await listsOf(small)).toMatchObject({
      status: 'degraded',
      reason: `too large for SEARCH_INDEX_MAX_BYTES: ${store.code}`,
    });
    const { body } = await small.app.get(Metrics).render();
    expect(body).toMatch(/^lockstep_search_index_max_bytes\S* 1024$/m);
    expect(body).not.toMatch(/^lockstep_search_load_seconds/m);
  });

  it('may grow beyond the bound by some, of which the replica tells', async () => {
    const ample = await start(64 * 1_024);
    const index = await ample.app.get(SearchIndex).ready(store.code);
    await ample.close();
    const full = await start(index.bytes);
    expect(await listsOf(full)).toMatchObject({ status: 'up' });
    await catalog.saveMany(store, [productDraft('c')]);
    await eventually('it is found', async () => {
      expect((await full.app.get(SearchIndex).ready(store.code)).size).toBe(21);
      return true;
    });
    expect(await listsOf(full)).toMatchObject({
      status: 'degraded',
      reason: expect.stringMatching(
        new RegExp(`^the indexes take \\d+ bytes of the ${index.bytes} of SEARCH_INDEX_MAX_BYTES$`),
      ),
    });
  });
});
