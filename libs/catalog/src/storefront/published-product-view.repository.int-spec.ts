import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MAX_PARAMETERS, sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft } from '../../test/catalog-drafts.js';
import { CatalogFixture } from '../../test/catalog-fixture.js';
import { PublishedProductViewRepository } from './published-product-view.repository.js';

describeOnEachDatabase('the stores of products', (open) => {
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  }, 60_000);

  afterAll(() => catalog.close());

  it('are told of those that are there, published or not, however many are asked for', async () => {
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
});
