import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { newProduct } from '../../../test/catalog-drafts.js';
import { CatalogFixture } from '../../../test/catalog-fixture.js';
import { ProductDirectory } from './product.directory.js';
import { ProductSearchRepository } from './product-search.repository.js';

describeOnEachDatabase('ProductDirectory', (open) => {
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterAll(() => catalog.close());

  it('finds by the beginnings of words: nothing without a word, everything for what is blank', async () => {
    const store = await catalog.addStore();
    const editor = catalog.productEditor();
    for (const name of ['Brake pad', 'Brake disc']) {
      await editor.create(store.code, newProduct(name));
    }
    const directory = new ProductDirectory(
      catalog.reader,
      catalog.storeLookup,
      new ProductSearchRepository(catalog.reader),
      catalog.sheets,
    );
    const names = async (q: string): Promise<string[]> => {
      const products = await directory.list(store.code, { q }, undefined, 10);
      return products.map(({ name }) => name).sort();
    };
    expect(await names('bra pad')).toEqual(['Brake pad']);
    expect(await names('?')).toEqual([]);
    // A search box that was emptied.
    expect(await names('')).toEqual(['Brake disc', 'Brake pad']);
    expect(await names(' \t')).toEqual(['Brake disc', 'Brake pad']);
  });
});
