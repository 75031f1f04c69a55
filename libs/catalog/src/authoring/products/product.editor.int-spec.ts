import type { Store } from '#libs/stores';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { newProduct, variantDraft } from '../../../test/catalog-drafts.js';
import { CatalogFixture } from '../../../test/catalog-fixture.js';
import { CategoryEditor } from '../categories/category.editor.js';
import { ProductDirectory } from '../listing/product.directory.js';
import { ProductSearchRepository } from '../listing/product-search.repository.js';
import type { ProductEditor } from './product.editor.js';
import { noRows } from './product-rows.js';
import type { ProductSheet } from '../../model/product-sheet.js';

describeOnEachDatabase('ProductEditor', (open) => {
  let catalog: CatalogFixture;
  let editor: ProductEditor;
  let categories: CategoryEditor;
  let directory: ProductDirectory;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    editor = catalog.productEditor();
    categories = new CategoryEditor(catalog.unitOfWork, catalog.storeLookup, catalog.categories);
    directory = new ProductDirectory(
      catalog.reader,
      catalog.storeLookup,
      new ProductSearchRepository(catalog.reader),
      catalog.sheets,
    );
  });

  afterAll(() => catalog.close());

  const at = (store: Store, product: ProductSheet) => ({ storeCode: store.code, id: product.id });
  const firstVariant = ({ variants: [variant] }: ProductSheet): string => variant?.id ?? '';

  const auditActions = async (id: string): Promise<string[]> => {
    const rows = await catalog.reader.query<{ action: string }>(
      sql`SELECT action FROM audit_log WHERE entity_id = ${id} ORDER BY id`,
    );
    return rows.map(({ action }) => action);
  };

  it('creates a product with a slug of its own, audited, and reads it back the same', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('Brake Pad'));
    expect(product).toMatchObject({ slug: 'brake-pad', version: 1 });
    expect(await directory.get(store.code, product.id)).toEqual(product);
    expect(await auditActions(product.id)).toEqual(['catalog:product:create']);
    await expect(editor.create(store.code, newProduct('Brake Pad'))).rejects.toMatchObject({
      code: 'catalog.slug-taken',
      status: 409,
    });
  });

  it('refuses a SKU that another product of the store has, and changes nothing', async () => {
    const store = await catalog.addStore();
    const variants = [variantDraft({ sku: 'PAD-1' })];
    const first = await editor.create(store.code, newProduct('First', { variants }));
    const second = await editor.create(store.code, newProduct('Second'));
    const taken = { code: 'catalog.sku-taken', status: 409, details: { skus: ['PAD-1'] } };
    await expect(
      editor.create(store.code, newProduct('Third', { variants })),
    ).rejects.toMatchObject(taken);
    const [variant] = second.variants;
    const changed = [{ ...variantDraft({ sku: 'PAD-1' }), id: variant?.id }];
    await expect(editor.update(at(store, second), 1, { variants: changed })).rejects.toMatchObject(
      taken,
    );
    expect(await directory.get(store.code, second.id)).toEqual(second);
    expect(await directory.get(store.code, first.id)).toEqual(first);
    const other = await catalog.addStore();
    await editor.create(other.code, newProduct('First', { variants }));
  });

  it('refuses a change that is based on another version, and says which is current', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('A'));
    await editor.update(at(store, product), 1, { brand: 'B' });
    await expect(editor.update(at(store, product), 1, { brand: 'C' })).rejects.toMatchObject({
      status: 412,
      details: { currentVersion: 2 },
    });
  });

  it('lets one of many changes of the same version win', async () => {
    const store = await catalog.addStore();
    const other = await catalog.another();
    try {
      const product = await editor.create(store.code, newProduct('A'));
      const second = catalog.productEditor(other.unitOfWork);
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? editor : second).update(at(store, product), 1, {
            brand: `Brand ${index}`,
          }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await directory.get(store.code, product.id)).version).toBe(2);
    } finally {
      await other.close();
    }
  });

  it('saves nothing over what was written since it was loaded', async () => {
    const store = await catalog.addStore();
    const before = await editor.create(store.code, newProduct('A'));
    await editor.update(at(store, before), 1, { brand: 'First' });
    const change = { before, after: { ...before, brand: 'Second' } };
    const saving = catalog.unitOfWork.run((tx) =>
      catalog.products.save(tx, { ...change, rowsBefore: noRows, rowsAfter: noRows }),
    );
    await expect(saving).rejects.toMatchObject({ code: 'http.stale-version' });
    expect(await directory.get(store.code, before.id)).toMatchObject({ brand: 'First' });
  });

  it('writes, audits and invalidates nothing when nothing changes', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('A'));
    catalog.takeTags();
    const same = await editor.update(at(store, product), 1, { ...newProduct('A') });
    expect(same).toEqual(product);
    expect(catalog.takeTags()).toEqual([]);
    expect(await auditActions(product.id)).toHaveLength(1);
  });

  it('invalidates the product alone for a text, prices and lists for a price of a patch', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('A'));
    catalog.takeTags();
    const texts = {
      en: { name: 'A', descriptionHtml: '<p>new</p>', seoTitle: null, seoDescription: null },
    };
    await editor.update(at(store, product), 1, { texts });
    expect(catalog.takeTags()).toEqual([`product:${product.id}`]);

    const [variant] = product.variants;
    const prices = [{ currency: 'EUR', amountMinor: 999, compareAtMinor: null, version: 1 }];
    const patched = await editor.update(at(store, product), 2, {
      variants: [{ ...variantDraft(), id: variant?.id, prices }],
    });
    expect(patched.variants[0]?.prices).toMatchObject([{ amountMinor: 999, version: 2 }]);
    expect(catalog.takeTags().sort()).toEqual(
      [`prices:${product.id}`, `product:${product.id}`, `store-products:${store.code}`].sort(),
    );
    expect(await directory.get(store.code, product.id)).toEqual(patched);
  });

  it('refuses a patch with a price or stock that somebody has changed since', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('A'));
    const address = {
      storeCode: store.code,
      productId: product.id,
      variantId: firstVariant(product),
    };
    await catalog.priceEditor().set(address, 1, {
      currency: 'EUR',
      amountMinor: 7,
      compareAtMinor: null,
    });
    const stale = [{ currency: 'EUR', amountMinor: 9, compareAtMinor: null, version: 1 }];
    const variants = [{ ...variantDraft(), id: firstVariant(product), prices: stale }];
    await expect(editor.update(at(store, product), 1, { variants })).rejects.toMatchObject({
      status: 412,
      details: { currentVersion: 2 },
    });
    const { variants: after } = await directory.get(store.code, product.id);
    expect(after[0]?.prices[0]).toMatchObject({ amountMinor: 7 });
  });

  it('invalidates the old and the new place of a product that moves', async () => {
    const store = await catalog.addStore();
    const add = (name: string) =>
      categories.create(store.code, { parentId: null, position: 0, names: { en: name } });
    const [from, to] = [await add('From'), await add('To')];
    const product = await editor.create(
      store.code,
      newProduct('A', { categoryId: from.id, slug: 'old' }),
    );
    catalog.takeTags();
    await editor.update(at(store, product), 1, { categoryId: to.id, slug: 'new' });
    expect(catalog.takeTags().sort()).toEqual(
      [
        `category-products:${from.id}`,
        `category-products:${to.id}`,
        `product:${product.id}`,
        `slug:${store.code}/new`,
        `slug:${store.code}/old`,
        `store-products:${store.code}`,
      ].sort(),
    );
  });

  it('asks for related products anew when they may be others, a while later and once', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('A'));
    await editor.update(at(store, product), 1, { brand: 'B' });
    await editor.update(at(store, product), 2, { images: [{ url: '/a.svg', alt: null }] });
    const jobs = await catalog.reader.query<{ created_at: number; available_at: number }>(
      sql`SELECT created_at, available_at FROM job WHERE dedupe_key = ${`related:${product.id}`}`,
    );
    expect(jobs).toHaveLength(1);
    expect(jobs.map((job) => job.available_at - job.created_at)).toEqual([2_000]);
  });

  it('voids what the removed product was related to', async () => {
    const store = await catalog.addStore();
    const gone = await editor.create(store.code, newProduct('Gone'));
    const stays = await editor.create(store.code, newProduct('Stays'));
    await catalog.unitOfWork.run((tx) =>
      tx.execute(
        sql.insert('related_product', [
          { product_id: stays.id, related_id: gone.id, sort_position: 0 },
        ]),
      ),
    );
    catalog.takeTags();
    await editor.remove(at(store, gone), 1);
    expect(catalog.takeTags()).toContain(`related-products:${stays.id}`);
    const rows = await catalog.reader.query<object>(
      sql`SELECT product_id FROM related_product WHERE related_id = ${gone.id}`,
    );
    expect(rows).toEqual([]);
  });

  it('finds nothing by an id of another store', async () => {
    const store = await catalog.addStore();
    const other = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('A'));
    const foreign = { storeCode: other.code, id: product.id };
    const notFound = { status: 404, code: 'catalog.product-not-found' };
    await expect(directory.get(other.code, product.id)).rejects.toMatchObject(notFound);
    await expect(editor.update(foreign, 1, { brand: 'X' })).rejects.toMatchObject(notFound);
    await expect(editor.remove(foreign, 1)).rejects.toMatchObject(notFound);
    const category = await categories.create(other.code, {
      parentId: null,
      position: 0,
      names: { en: 'Theirs' },
    });
    await expect(
      editor.update(at(store, product), 1, { categoryId: category.id }),
    ).rejects.toMatchObject({ status: 404, code: 'catalog.category-not-found' });
  });

  it('refuses what breaks a rule, naming all of it, and changes nothing', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(store.code, newProduct('A'));
    const prices = [{ currency: 'GBP', amountMinor: -1, compareAtMinor: null }];
    await expect(
      editor.update(at(store, product), 1, { variants: [variantDraft({ prices })] }),
    ).rejects.toMatchObject({
      status: 422,
      code: 'catalog.product-invalid',
      details: {
        errors: [{ path: 'variants.0.prices.GBP' }, { path: 'variants.0.prices.GBP' }],
      },
    });
    expect((await directory.get(store.code, product.id)).version).toBe(1);
  });

  it('stores descriptions that are safe to embed', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(
      store.code,
      newProduct('A', {
        texts: {
          en: {
            name: 'A',
            seoTitle: null,
            seoDescription: null,
            descriptionHtml: '<p onclick="x()">Good</p><script>bad()</script>',
          },
        },
      }),
    );
    expect(product.texts['en']?.descriptionHtml).toBe('<p>Good</p>');
  });

  it('removes a product with everything it consists of', async () => {
    const store = await catalog.addStore();
    const product = await editor.create(
      store.code,
      newProduct('A', { attributes: [{ code: 'color', value: 'red' }] }),
    );
    await editor.remove(at(store, product), 1);
    for (const table of ['product', 'product_variant', 'product_term', 'product_attribute']) {
      const rows = await catalog.reader.query<object>(
        sql`SELECT store_id FROM ${sql.identifier(table)} WHERE store_id = ${store.id}`,
      );
      expect(rows).toEqual([]);
    }
    expect(await editor.create(store.code, newProduct('A'))).toMatchObject({ slug: 'a' });
  });
});
