import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MAX_PARAMETERS, sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { newProduct, productDraft } from '../../test/catalog-drafts.js';
import { CatalogFixture } from '../../test/catalog-fixture.js';
import { PublishedProductViewRepository } from './published-product-view.repository.js';

describeOnEachDatabase('products of stores', (open) => {
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterAll(() => catalog.close());

  it('are found with their stores, published or not, however many are asked for', async () => {
    const [one, other] = [await catalog.addStore(), await catalog.addStore()];
    await catalog.saveMany(one, [productDraft('cup'), productDraft('mug', { status: 'draft' })]);
    await catalog.saveMany(other, [productDraft('cup')]);
    const rows = await catalog.reader.query<{ id: string; store_id: string }>(
      sql`SELECT id, store_id FROM product WHERE store_id IN (${one.id}, ${other.id})`,
    );
    expect(rows).toHaveLength(3);
    const gone = Array.from({ length: MAX_PARAMETERS }, (_unused, index) => `gone-${index}`);
    const products = new PublishedProductViewRepository(catalog.reader);
    const ids = rows.map(({ id }) => id);
    const [first = '', ...rest] = ids;
    expect(await products.storeIdsOf([first, ...gone, ...rest])).toEqual(
      new Map(rows.map(({ id, store_id: storeId }) => [id, storeId])),
    );
    expect(await products.storeIdsOf([])).toEqual(new Map());
  });

  it('are told by ranges, each published one in one of them', async () => {
    const store = await catalog.addStore();
    const drafts = Array.from({ length: 11 }, (_unused, number) => productDraft(`p${number}`));
    await catalog.saveMany(store, [...drafts, productDraft('draft', { status: 'draft' })]);
    const products = new PublishedProductViewRepository(catalog.reader);
    const all = (await products.page(store.id, { afterId: '' }, 99)).map(({ id }) => id);
    expect(all).toHaveLength(11);

    for (const [count, sizes] of [
      [1, [11]],
      [3, [4, 4, 3]],
    ] as const) {
      const ranges = (await products.ranges(store.id, count, 11)) ?? [];
      const pages = await Promise.all(ranges.map((range) => products.page(store.id, range, 99)));
      expect(pages.map(({ length }) => length)).toEqual(sizes);
      expect(pages.flat().map(({ id }) => id)).toEqual(all);
      // What comes later is in the last one.
      expect(ranges.at(-1)?.upToId).toBeUndefined();
    }
    const few = (await products.ranges(store.id, 99, 1)) ?? [];
    expect(
      (await Promise.all(few.map((range) => products.page(store.id, range, 9)))).flat(),
    ).toHaveLength(11);
    expect(await products.ranges(store.id, 3, 12)).toBeUndefined();
  });

  it('say since when shoppers could see them, whatever happened later', async () => {
    const store = await catalog.addStore();
    const editor = catalog.productEditor();
    const draft = await editor.create(store.code, newProduct('Edited', { status: 'draft' }));
    const atOnce = await editor.create(store.code, newProduct('At once'));
    const address = { storeCode: store.code, id: draft.id };
    const importAs = (status: 'draft' | 'active') =>
      catalog.saveMany(store, [productDraft('imported', { status })]);
    await importAs('draft');
    const times = async () => {
      const rows = await catalog.reader.query<{ published_at: number | null }>(sql`
        SELECT published_at
        FROM product
        WHERE store_id = ${store.id} AND id <> ${atOnce.id}`);
      return rows.map(({ published_at: time }) => time);
    };
    const setAll = (column: string, time: number | null) =>
      catalog.unitOfWork.run((tx) =>
        tx.execute(sql`
          UPDATE product
          SET ${sql.identifier(column)} = ${time}
          WHERE store_id = ${store.id}`),
      );
    const shown = async () => {
      const products = new PublishedProductViewRepository(catalog.reader);
      return (await products.page(store.id, { afterId: '' }, 9)).map(
        ({ publishedAt }) => publishedAt,
      );
    };
    expect(await shown()).toEqual([atOnce.createdAt]);
    expect(await times()).toEqual([null, null]);
    await setAll('created_at', 1);
    await editor.update(address, 1, { status: 'active' });
    await importAs('active');
    for (const time of await times()) expect(time).toBeGreaterThanOrEqual(atOnce.createdAt);

    await setAll('published_at', 7);
    await editor.update(address, 2, { status: 'archived' });
    await importAs('draft');
    await editor.update(address, 3, { status: 'active' });
    await importAs('active');
    expect(await shown()).toEqual([7, 7, 7]);
    // A replica of an older release has published them.
    await setAll('published_at', null);
    expect(await shown()).toEqual([1, 1, 1]);
  });
});
