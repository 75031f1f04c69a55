import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { insertRows, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../../../catalog/test/catalog-fixture.js';
import { noteLimits } from '../../model/noting/search-notes.js';
import { LEAST_USES } from '../../model/queries/popular-queries.js';
import { searchTags } from '../../model/search.tags.js';
import { PopularQueryRepository } from './popular-query.repository.js';

const DAY_MS = 24 * 60 * 60_000;

describeOnEachDatabase('searches with a result', (open) => {
  const repository = new PopularQueryRepository();
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterAll(() => catalog?.close());

  /** Uses each once; answers the tags that were voided by it. */
  const use = async (storeId: string, ...queries: string[]) => {
    catalog.takeTags();
    const noted = queries.map((query) => ({ storeId, locale: 'en', query, count: 1 }));
    await catalog.unitOfWork.run((tx) => repository.add(tx, storeId, noted, DAY_MS));
    return catalog.takeTags();
  };

  const uses = async (storeId: string) => {
    const rows = await catalog.reader.query<{ query: string; use_count: number }>(sql`
      SELECT query, use_count
      FROM popular_query
      WHERE store_id = ${storeId}
      ORDER BY use_count DESC, query`);
    return rows.map(({ query, use_count: count }) => [query, count] as const);
  };

  it('add up, over replicas that write at once too', async () => {
    const store = newId();
    await use(store, 'sofa', 'größe 緑茶');
    await Promise.all([1, 2, 3].map(() => use(store, 'lamp', 'sofa')));
    expect(await uses(store)).toEqual([
      ['sofa', 4],
      ['lamp', 3],
      ['größe 緑茶', 1],
    ]);
  });

  it('void what is suggested when one reaches a level, and else nothing', async () => {
    const store = newId();
    const voided: number[] = [];
    for (let count = 1; count <= 4 * LEAST_USES; count += 1) {
      if ((await use(store, 'sofa')).includes(searchTags.queries(store))) voided.push(count);
    }
    expect(voided).toEqual([LEAST_USES, 2 * LEAST_USES, 4 * LEAST_USES]);
  });

  it('are a bounded number: the rarest goes for what is new, and is suggested no more', async () => {
    const store = newId();
    const popular = Array.from({ length: noteLimits.kept }, (_, index) => ({
      ...{ id: newId(), store_id: store, locale: 'en', query: `often ${index}`, last_at: 0 },
      use_count: LEAST_USES + index,
    }));
    await catalog.unitOfWork.run((tx) => insertRows(tx, 'popular_query', popular));
    expect(await use(store, 'new')).toContain(searchTags.queries(store));
    const kept = await uses(store);
    expect(kept).toHaveLength(noteLimits.kept);
    expect(kept.at(-1)).toEqual(['new', 1]);
    expect(kept.at(-2)).toEqual(['often 1', LEAST_USES + 1]);
    await use(store, 'new');
    expect((await uses(store)).at(-1)).toEqual(['new', 2]);
    // It was not suggested yet.
    expect(await use(store, 'newer')).not.toContain(searchTags.queries(store));
  });
});
