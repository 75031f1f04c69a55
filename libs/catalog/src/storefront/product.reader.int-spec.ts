import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft } from '../../test/catalog-drafts.js';
import { CatalogReplica } from '../../test/catalog-replica.js';
import type { Store } from '#libs/stores';
import { ProductReader } from './product.reader.js';

describeOnEachDatabase('ProductReader by the handle of an import', (open) => {
  let replica: CatalogReplica;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open);
  });

  afterAll(() => replica.close());

  /** The name of the product that the address leads to, undefined for none. */
  const at = async (store: Store, slug: string): Promise<string | undefined> => {
    try {
      const key = { storeCode: store.code, slug, locale: 'en', currency: 'EUR' };
      return (await replica.app.get(ProductReader).get(key)).name;
    } catch (error) {
      expect(error).toMatchObject({ code: 'catalog.product-not-found' });
      return undefined;
    }
  };

  it('finds a product by its slug and by its handle, also where nothing was found before', async () => {
    const store = await replica.addStore();
    expect(await at(store, 'café crème')).toBeUndefined();
    await replica.saveMany(store, [productDraft('café crème', { preferredSlug: 'café crème' })]);
    expect(await at(store, 'café crème')).toBe('Product café crème');
    expect(await at(store, 'cafe-creme')).toBe('Product café crème');
  });

  it('finds the product that was there before under the handle of its source', async () => {
    const store = await replica.addStore();
    await replica.saveMany(store, [productDraft('leather-anchor', { slug: 'anchor-bracelet' })]);
    expect(await at(store, 'leather-anchor')).toBe('Product leather-anchor');
  });

  it('prefers the product with the slug, and no other store has the handle', async () => {
    const [store, other] = [await replica.addStore(), await replica.addStore()];
    await replica.saveMany(store, [productDraft('cup', { slug: 'old-cup', name: 'Old' })]);
    expect(await at(store, 'cup')).toBe('Old');
    await replica.saveMany(store, [productDraft('new', { slug: 'cup', name: 'New' })]);
    expect(await at(store, 'cup')).toBe('New');
    expect(await at(other, 'cup')).toBeUndefined();
  });

  it('shows nothing of a hidden product', async () => {
    const store = await replica.addStore();
    await replica.saveMany(store, [productDraft('cup', { slug: 'mug', status: 'draft' })]);
    expect(await at(store, 'cup')).toBeUndefined();
    await replica.saveMany(store, [productDraft('cup', { slug: 'mug' })]);
    expect(await at(store, 'cup')).toBe('Product cup');
  });
});
