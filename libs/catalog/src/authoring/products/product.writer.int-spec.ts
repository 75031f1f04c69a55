import type { Store } from '#libs/stores';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../test/catalog-drafts.js';
import { CatalogFixture } from '../../../test/catalog-fixture.js';

interface StoredVariant {
  readonly id: string;
  readonly sku: string | null;
  readonly option1: string | null;
}

describeOnEachDatabase('ProductWriter', (open) => {
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterAll(() => catalog.close());

  const countProducts = async (store: Store): Promise<number> => {
    const rows = await catalog.reader.query<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM product WHERE store_id = ${store.id}`,
    );
    return rows[0]?.n ?? 0;
  };

  const variantsOf = (store: Store): Promise<StoredVariant[]> =>
    catalog.reader.query<StoredVariant>(
      sql`SELECT id, sku, option1 FROM product_variant WHERE store_id = ${store.id} ORDER BY sort_position`,
    );

  it('creates products once: saving the same drafts again writes and invalidates nothing', async () => {
    const store = await catalog.addStore();
    const drafts = Array.from({ length: 25 }, (_, index) => productDraft(`p${index}`));
    const first = await catalog.saveMany(store, drafts);
    expect(first).toMatchObject({ created: 25, updated: 0, unchanged: 0, rejected: [] });
    expect(catalog.takeTags()).toContain(`store-products:${store.code}`);

    const second = await catalog.saveMany(store, drafts);
    expect(second).toMatchObject({ created: 0, updated: 0, unchanged: 25, tags: [] });
    expect(catalog.takeTags()).toEqual([]);
    expect(await countProducts(store)).toBe(25);
  });

  it('keeps the ids of variants that are recognised by SKU or option values', async () => {
    const store = await catalog.addStore();
    const sizes = (...variants: [string, string | null][]) =>
      productDraft('shirt', {
        options: ['Size'],
        variants: variants.map(([size, sku]) => variantDraft({ optionValues: [size], sku })),
      });
    await catalog.saveMany(store, [sizes(['S', 'sh-s'], ['M', null], ['L', 'sh-l'])]);
    const before = await variantsOf(store);

    await catalog.saveMany(store, [sizes(['Small', 'sh-s'], ['M', 'sh-m'], ['XL', 'sh-xl'])]);
    const after = await variantsOf(store);

    expect(after.map(({ sku }) => sku)).toEqual(['sh-s', 'sh-m', 'sh-xl']);
    expect(after.slice(0, 2).map(({ id }) => id)).toEqual(before.slice(0, 2).map(({ id }) => id));
    expect(before.map(({ id }) => id)).not.toContain(after[2]?.id);
  });

  it('keeps languages and currencies that a later draft does not speak of', async () => {
    const store = await catalog.addStore();
    const [currency = '', otherCurrency = ''] = store.currencies;
    const [locale = '', otherLocale = ''] = store.locales;
    const text = (name: string) => ({
      name,
      descriptionHtml: '',
      seoTitle: null,
      seoDescription: null,
    });
    const price = (code: string, amountMinor: number) => ({
      currency: code,
      amountMinor,
      compareAtMinor: null,
    });
    await catalog.saveMany(store, [
      productDraft('cap', {
        texts: { [locale]: text('Cap'), [otherLocale]: text('Kappe') },
        variants: [variantDraft({ prices: [price(currency, 100), price(otherCurrency, 120)] })],
      }),
    ]);
    const result = await catalog.saveMany(store, [
      productDraft('cap', {
        sourceHash: 'changed',
        texts: { [locale]: text('Cap, new') },
        variants: [variantDraft({ prices: [price(currency, 90)] })],
      }),
    ]);
    expect(result.updated).toBe(1);
    const texts = await catalog.reader.query<{ locale: string; name: string }>(
      sql`SELECT t.locale, t.name FROM product_translation t JOIN product p ON p.id = t.product_id WHERE p.store_id = ${store.id} ORDER BY t.name`,
    );
    expect(texts).toEqual([
      { locale, name: 'Cap, new' },
      { locale: otherLocale, name: 'Kappe' },
    ]);
    const prices = await catalog.reader.query<{ amount_minor: number }>(
      sql`SELECT p.amount_minor FROM price p JOIN price_list l ON l.id = p.list_id WHERE l.store_id = ${store.id} ORDER BY p.amount_minor`,
    );
    expect(prices.map(({ amount_minor }) => amount_minor)).toEqual([90, 120]);
  });

  it('lets SKUs move between the products of a batch and rejects those another product keeps', async () => {
    const store = await catalog.addStore();
    const withSku = (key: string, sku: string) =>
      productDraft(key, { variants: [variantDraft({ sku })] });
    await catalog.saveMany(store, [withSku('a', '1'), withSku('b', '2'), withSku('c', '3')]);

    const swapped = await catalog.saveMany(store, [withSku('a', '2'), withSku('b', '1')]);
    expect(swapped).toMatchObject({ updated: 2, rejected: [] });

    const refused = await catalog.saveMany(store, [withSku('d', '3'), withSku('e', '4')]);
    expect(refused).toMatchObject({
      created: 1,
      rejected: [{ sourceKey: 'd', breaches: [{ path: 'variants.0.sku' }] }],
    });
  });

  it('leaves a SKU to a product whose draft would give it up, when that draft is rejected', async () => {
    const store = await catalog.addStore();
    const withSku = (key: string, sku: string) =>
      productDraft(key, { variants: [variantDraft({ sku })] });
    await catalog.saveMany(store, [withSku('a', '1'), withSku('b', '2'), withSku('c', '3')]);
    await catalog.saveMany(store, [productDraft('other', { slug: 'taken' })]);

    // c may not have what it asks for, so it keeps 3, b gets none and keeps 2, and a gets none either.
    const rejectedLast = await catalog.saveMany(store, [
      withSku('a', '2'),
      withSku('b', '3'),
      { ...withSku('c', '4'), slug: 'taken' },
      withSku('d', '5'),
    ]);
    expect(rejectedLast.rejected.map(({ sourceKey }) => sourceKey).sort()).toEqual(['a', 'b', 'c']);
    expect(rejectedLast).toMatchObject({ created: 1, updated: 0 });
    const rows = await catalog.reader.query<{ sku: string }>(
      sql`SELECT sku FROM product_variant WHERE store_id = ${store.id} AND sku < '9' ORDER BY sku`,
    );
    expect(rows.map(({ sku }) => sku)).toEqual(['1', '2', '3', '5']);
  });

  it('names one set of tags for a batch: the list, the categories above, slugs and products', async () => {
    const store = await catalog.addStore();
    catalog.takeTags();
    const draft = productDraft('pads', { categoryPath: ['Brakes', 'Pads'] });
    await catalog.saveMany(store, [draft]);
    const rows = await catalog.reader.query<{ id: string; name: string }>(
      sql`SELECT c.id, t.name FROM category c JOIN category_translation t ON t.category_id = c.id WHERE c.store_id = ${store.id} ORDER BY t.name`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['Brakes', 'Pads']);
    const products = await catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM product WHERE store_id = ${store.id}`,
    );
    expect(products).toHaveLength(1);
    expect(catalog.takeTags().sort()).toEqual(
      [
        `categories:${store.code}`,
        ...rows.map(({ id }) => `category-products:${id}`),
        ...products.map(({ id }) => `product:${id}`),
        `slug:${store.code}/pads`,
        `slug:${store.code}/product-pads`,
        `store-products:${store.code}`,
      ].sort(),
    );
  });

  it('reuses categories whatever their case, and gives equal names different slugs', async () => {
    const store = await catalog.addStore();
    await catalog.saveMany(store, [
      productDraft('a', { categoryPath: ['Öle', 'Sets'] }),
      productDraft('b', { categoryPath: ['öle', 'SETS'] }),
      productDraft('c', { categoryPath: ['Brakes', 'Sets'] }),
    ]);
    const rows = await catalog.reader.query<{ slug: string }>(
      sql`SELECT slug FROM category WHERE store_id = ${store.id} ORDER BY slug`,
    );
    expect(rows.map(({ slug }) => slug)).toEqual(['brakes', 'brakes-sets', 'ole', 'sets']);
  });

  it('generates another slug when the plain one is taken, and rejects one that was asked for', async () => {
    const store = await catalog.addStore();
    const result = await catalog.saveMany(store, [
      productDraft('a', { name: 'Brake pad' }),
      productDraft('b', { name: 'Brake pad' }),
      productDraft('c', { slug: 'brake-pad' }),
    ]);
    expect(result).toMatchObject({ created: 2, rejected: [{ sourceKey: 'c' }] });
    const rows = await catalog.reader.query<{ slug: string }>(
      sql`SELECT slug FROM product WHERE store_id = ${store.id} ORDER BY slug`,
    );
    expect(rows[0]?.slug).toBe('brake-pad');
    expect(rows[1]?.slug).toMatch(/^brake-pad-[0-9a-f]{8}$/);
  });

  it('stores every product once when two writers save the same drafts at the same time', async () => {
    const store = await catalog.addStore();
    const other = await catalog.another();
    try {
      const batches = Array.from({ length: 6 }, (_, batch) =>
        Array.from({ length: 20 }, (_unused, index) =>
          productDraft(`p${batch}-${index}`, {
            categoryPath: ['Shared', `Category ${batch}`],
            variants: [variantDraft({ sku: `s-${batch}-${index}` })],
          }),
        ),
      );
      const results = await Promise.all(
        [catalog.unitOfWork, other.unitOfWork].flatMap((unitOfWork) =>
          batches.map((drafts) =>
            unitOfWork.run((tx) => catalog.writer.saveMany(tx, store, drafts)),
          ),
        ),
      );
      const sum = (name: 'created' | 'updated' | 'unchanged'): number =>
        results.reduce((total, result) => total + result[name], 0);
      expect([sum('created'), sum('updated'), sum('unchanged')]).toEqual([120, 0, 120]);
      expect(await countProducts(store)).toBe(120);
    } finally {
      await other.close();
    }
  });
});
