import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { EVERYTHING } from '#libs/cache';
import { sql } from '#libs/database';
import { HealthRegistry, Metrics } from '#libs/observability';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { productDraft } from '../../../../catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../../catalog/test/catalog-fixture.js';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { pageOf, selectionOf } from '../../../test/indexed-products.js';
import { CatalogIndexSource } from '../following/catalog-index-source.js';
import { SearchIndex } from '../following/search-index.js';
import { SearchModule } from '../search.module.js';

/** Another process writes; replicas come and go, and Redis tells none of them anything. */
describeOnEachDatabase('indexes that are kept for the next start', (open, kind) => {
  let catalog: CatalogFixture;
  let store: Store;
  let folder: string;
  const page = jest.spyOn(CatalogIndexSource.prototype, 'page');

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    store = await catalog.addStore();
    await catalog.saveMany(store, [productDraft('a'), productDraft('b'), productDraft('c')]);
    folder = await mkdtemp(join(tmpdir(), 'lockstep-kept-'));
  });

  beforeEach(() => {
    page.mockClear();
  });

  afterAll(async () => {
    page.mockRestore();
    await catalog?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A replica that is ready, until the end of the work. */
  const during = async <T>(work: (replica: CatalogReplica) => Promise<T>): Promise<T> => {
    const shared = { kind, url: catalog.databaseUrl, remove: async () => undefined };
    const env = { SEARCH_INDEX_FOLDER: folder };
    const replica = await CatalogReplica.start(async () => shared, [SearchModule], env);
    try {
      await eventually(
        'ready',
        async () =>
          (await replica.app.get(HealthRegistry).report()).checks['search']?.status === 'up',
        { withinMs: 60_000 },
      );
      return await work(replica);
    } finally {
      await replica.close();
    }
  };

  const listed = async (replica: CatalogReplica, q?: string): Promise<number> => {
    const index = await replica.app.get(SearchIndex).ready(store.code);
    return index.page(selectionOf(q === undefined ? {} : { q }), pageOf()).ids.length;
  };

  const reads = async (replica: CatalogReplica): Promise<Record<string, number>> => {
    const { body } = await replica.app.get(Metrics).render();
    const lines = body.matchAll(
      /^lockstep_search_file_reads_total\{outcome="(\w+)"[^}]*\} (\S+)$/gm,
    );
    return Object.fromEntries([...lines].map(([, name = '', value]) => [name, Number(value)]));
  };

  it('are written when they have been loaded, and read by the next process', async () => {
    await during(async (replica) => {
      expect(await reads(replica)).toEqual({ absent: 1 });
      await eventually('written', async () => (await readdir(folder)).length === 1, {
        withinMs: 60_000,
      });
    });
    expect(page).toHaveBeenCalledTimes(1);
    page.mockClear();
    await during(async (replica) => {
      expect([await listed(replica), await reads(replica)]).toEqual([3, { used: 1 }]);
    });
    expect(page).not.toHaveBeenCalled();
  });

  it('are gone on with from what was committed while no process was there', async () => {
    await catalog.saveMany(store, [productDraft('d'), productDraft('a', { status: 'draft' })]);
    await catalog.saveMany(store, [productDraft('e')]);
    await during(async (replica) => {
      expect(await listed(replica)).toBe(4);
    });
    expect(page).not.toHaveBeenCalled();
  });

  it('are written again by a process that stops, with what it has heard of', async () => {
    const path = join(folder, (await readdir(folder))[0] ?? '');
    // What another replica has just written is not written again.
    const earlier = new Date(Date.now() - 2 * 60_000);
    await utimes(path, earlier, earlier);
    await catalog.saveMany(store, [productDraft('f')]);
    await during(async (replica) => expect(await listed(replica)).toBe(5));
    expect((await stat(path)).mtimeMs).toBeGreaterThan(earlier.getTime());
    await during(async (replica) => expect(await listed(replica)).toBe(5));
    expect(page).not.toHaveBeenCalled();
  });

  it('are not used when everything was voided since', async () => {
    await catalog.unitOfWork.run(async (tx) => {
      await tx.execute(sql`UPDATE product_translation SET name = ${'Behind the back'}`);
      tx.invalidate(EVERYTHING);
    });
    await during(async (replica) => {
      expect([await listed(replica, 'behind'), await reads(replica)]).toEqual([5, { refused: 1 }]);
    });
    expect(page).toHaveBeenCalled();
  });

  it('are loaded as ever when the file is damaged or the folder is none', async () => {
    const [name = ''] = await readdir(folder);
    await writeFile(join(folder, name), 'no index');
    await during(async (replica) => {
      expect([await listed(replica), await reads(replica)]).toEqual([5, { refused: 1 }]);
    });
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file');
    await during(async (replica) => {
      expect([await listed(replica), await reads(replica)]).toEqual([5, { refused: 1 }]);
    });
    expect(page).toHaveBeenCalledTimes(2);
  });
});
