import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { DatabaseClock, databaseErrors, sql } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../../../catalog/test/catalog-fixture.js';
import { MissPruner } from '../../authoring/misses/miss.pruner.js';
import { noteLimits } from '../../model/noting/search-notes.js';
import { MissRecorder } from './miss.recorder.js';
import { MissRepository } from './miss.repository.js';

const DAY_MS = 24 * 60 * 60_000;

describeOnEachDatabase('searches without a result', (open) => {
  const misses = new MissRepository();
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(() => catalog?.close());

  const recorder = () =>
    new MissRecorder(
      catalog.unitOfWork,
      new DatabaseClock({
        reader: catalog.reader,
        local: systemClock,
        onFailure: () => undefined,
        onJump: () => undefined,
      }),
      misses,
      createLogger({ level: 'silent' }),
    );

  const add = (storeId: string, counts: Readonly<Record<string, number>>, day: number) =>
    catalog.unitOfWork.run((tx) =>
      misses.add(
        tx,
        storeId,
        Object.entries(counts).map(([query, count]) => ({ storeId, locale: 'en', query, count })),
        day,
      ),
    );

  const rows = (storeId: string) =>
    catalog.reader.query<{ query: string; miss_count: number; last_at: number }>(sql`
      SELECT query, miss_count, last_at
      FROM search_miss
      WHERE store_id = ${storeId}
      ORDER BY miss_count DESC, query`);

  it('add up, over replicas that write at once too', async () => {
    const store = newId();
    await add(store, { sofa: 2, 'größe 緑茶': 1 }, 0);
    await Promise.all([1, 2, 3].map(() => add(store, { sofa: 1, lamp: 1 }, DAY_MS)));
    expect(await rows(store)).toEqual([
      { query: 'sofa', miss_count: 5, last_at: DAY_MS },
      { query: 'lamp', miss_count: 3, last_at: DAY_MS },
      { query: 'größe 緑茶', miss_count: 1, last_at: 0 },
    ]);
  });

  it('are a bounded number of each store: the rarest go, and what came often stays', async () => {
    const [store, other] = [newId(), newId()];
    await add(other, { mine: 1 }, 0);
    await add(store, { often: 5 }, 0);
    for (let batch = 0; batch < noteLimits.kept / noteLimits.written + 1; batch += 1) {
      const flood = Array.from({ length: noteLimits.written }, (_, index) => `f${batch} ${index}`);
      await add(store, Object.fromEntries(flood.map((query) => [query, 1])), DAY_MS);
    }
    const kept = await rows(store);
    expect(kept).toHaveLength(noteLimits.kept);
    expect(kept[0]).toMatchObject({ query: 'often', miss_count: 5 });
    expect(await rows(other)).toHaveLength(1);
  });

  it('come again although there are as many as are kept', async () => {
    const store = newId();
    for (let batch = 0; batch < noteLimits.kept / noteLimits.written; batch += 1) {
      const known = Array.from({ length: noteLimits.written }, (_, index) => `k${batch} ${index}`);
      await add(store, Object.fromEntries(known.map((query) => [query, 2])), 0);
    }
    await add(store, { new: 1 }, DAY_MS);
    await add(store, { new: 9 }, DAY_MS);
    const kept = await rows(store);
    expect([kept.length, kept[0]]).toMatchObject([
      noteLimits.kept,
      { query: 'new', miss_count: 10 },
    ]);
  });

  it('are written when the replica stops, behind what is being written', async () => {
    const store = newId();
    const stopping = recorder();
    stopping.onApplicationBootstrap();
    stopping.note(store, 'en', 'sofa');
    void stopping.write();
    stopping.note(store, 'en', 'lamp');
    await stopping.beforeApplicationShutdown();
    expect((await rows(store)).map(({ query }) => query)).toEqual(['lamp', 'sofa']);
  });

  it('are lost without a database, which a replica that stops waits for once', async () => {
    const stores = [newId(), newId(), newId()];
    const stopping = recorder();
    for (const store of stores) stopping.note(store, 'en', 'sofa');
    const run = jest
      .spyOn(catalog.unitOfWork, 'run')
      .mockRejectedValue(databaseErrors.contention());
    await stopping.beforeApplicationShutdown();
    expect(run).toHaveBeenCalledTimes(1);
    run.mockRestore();
    await stopping.write();
    for (const store of stores) expect(await rows(store)).toEqual([]);
  });

  it('go when they have not come again for long', async () => {
    const store = newId();
    await add(store, { old: 9 }, DAY_MS);
    await add(store, { fresh: 1 }, 3 * DAY_MS);
    const pruner = new MissPruner(catalog.unitOfWork);
    const now = (noteLimits.days + 2) * DAY_MS;
    while ((await pruner.pruneBatch(now)) > 0);
    expect((await rows(store)).map(({ query }) => query)).toEqual(['fresh']);
  });
});
