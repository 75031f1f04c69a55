import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import type { PriceEditor } from '../../../../pricing/src/authoring/price.editor.js';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../test/catalog-drafts.js';
import type { ProductStatus } from '../../model/product.js';
import { CatalogFixture } from '../../../test/catalog-fixture.js';

describeOnEachDatabase('the price of a variant of the catalog', (open) => {
  let catalog: CatalogFixture;
  let editor: PriceEditor;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    editor = catalog.priceEditor();
  });

  afterAll(() => catalog.close());

  const eur = (amountMinor: number, compareAtMinor: number | null = null) => ({
    currency: 'EUR',
    amountMinor,
    compareAtMinor,
  });

  /** A product in a category of a category, with one variant for each amount. */
  const sell = async (
    store: Store,
    amounts: readonly number[],
    status: ProductStatus = 'active',
  ) => {
    const draft = productDraft('pad', {
      status,
      categoryPath: ['Brakes', 'Pads'],
      options: ['Size'],
      variants: amounts.map((amount, index) =>
        variantDraft({ optionValues: [`S${index}`], prices: [eur(amount)] }),
      ),
    });
    await catalog.saveMany(store, [draft]);
    const variants = await catalog.reader.query<{ id: string; product_id: string }>(
      sql`SELECT id, product_id
          FROM product_variant
          WHERE store_id = ${store.id}
          ORDER BY sort_position`,
    );
    const productId = variants[0]?.product_id ?? '';
    const addressOf = (index: number) => ({
      storeCode: store.code,
      productId,
      variantId: variants[index]?.id ?? '',
    });
    catalog.takeTags();
    catalog.statements.take();
    return { productId, addressOf };
  };

  const spans = (productId: string) =>
    catalog.reader.query<{ currency: string; min_minor: number; max_minor: number }>(
      sql`SELECT currency, min_minor, max_minor
          FROM product_listing_price
          WHERE product_id = ${productId}
          ORDER BY currency`,
    );

  const categoryTags = async (store: Store): Promise<string[]> => {
    const rows = await catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM category WHERE store_id = ${store.id} ORDER BY id`,
    );
    return rows.map(({ id }) => `category-products:${id}`);
  };

  it('is changed with six statements, which void prices and lists but no texts', async () => {
    const store = await catalog.addStore();
    const { productId, addressOf } = await sell(store, [100, 300]);
    const before = await catalog.reader.query(sql`SELECT * FROM product WHERE id = ${productId}`);
    expect(await editor.set(addressOf(0), 1, eur(50))).toEqual({ ...eur(50), version: 2 });
    expect(catalog.statements.take()).toHaveLength(6);
    expect(catalog.takeTags().sort()).toEqual(
      [
        ...(await categoryTags(store)),
        `prices:${productId}`,
        `store-products:${store.code}`,
      ].sort(),
    );
    expect(await spans(productId)).toEqual([{ currency: 'EUR', min_minor: 50, max_minor: 300 }]);
    expect(await catalog.reader.query(sql`SELECT * FROM product WHERE id = ${productId}`)).toEqual(
      before,
    );
  });

  it('leaves lists alone while the span of the prices stays', async () => {
    const store = await catalog.addStore();
    const { productId, addressOf } = await sell(store, [100, 200, 300]);
    await editor.set(addressOf(1), 1, eur(250, 280));
    expect(catalog.statements.take()).toHaveLength(5);
    expect(catalog.takeTags()).toEqual([`prices:${productId}`]);
  });

  it('brings a product into the lists of a currency, and takes it out with the last price', async () => {
    const store = await catalog.addStore();
    const { productId, addressOf } = await sell(store, [100]);
    const usd = { currency: 'USD', amountMinor: 120, compareAtMinor: null };
    await editor.set(addressOf(0), 0, usd);
    expect(await spans(productId)).toEqual([
      { currency: 'EUR', min_minor: 100, max_minor: 100 },
      { currency: 'USD', min_minor: 120, max_minor: 120 },
    ]);
    catalog.takeTags();
    await editor.remove(addressOf(0), 'USD', 1);
    expect(catalog.takeTags()).toContain(`store-products:${store.code}`);
    expect(await spans(productId)).toEqual([{ currency: 'EUR', min_minor: 100, max_minor: 100 }]);
    await expect(editor.remove(addressOf(0), 'USD', 1)).rejects.toMatchObject({
      code: 'catalog.price-not-found',
    });
  });

  it('does not bring a product into lists that is not listed', async () => {
    const store = await catalog.addStore();
    const { productId, addressOf } = await sell(store, [100], 'draft');
    await editor.set(addressOf(0), 1, eur(90));
    expect(await spans(productId)).toEqual([]);
    expect(catalog.takeTags()).toEqual([`prices:${productId}`]);
  });

  it('lets one of many changes of the same version win, also across processes', async () => {
    const store = await catalog.addStore();
    const { productId, addressOf } = await sell(store, [100]);
    const other = await catalog.another();
    try {
      const second = catalog.priceEditor(other.unitOfWork);
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? editor : second).set(addressOf(0), 1, eur(index + 1)),
        ),
      );
      const won = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(won).toHaveLength(1);
      expect(await spans(productId)).toMatchObject([{ min_minor: won[0]?.amountMinor }]);
    } finally {
      await other.close();
    }
  });

  it('writes, audits and invalidates nothing when nothing changes', async () => {
    const store = await catalog.addStore();
    const { addressOf } = await sell(store, [100]);
    expect(await editor.set(addressOf(0), 1, eur(100))).toEqual({ ...eur(100), version: 1 });
    expect(catalog.statements.take()).toHaveLength(2);
    expect(catalog.takeTags()).toEqual([]);
  });

  it('is audited with what it was and what it is', async () => {
    const store = await catalog.addStore();
    const { productId, addressOf } = await sell(store, [100]);
    await editor.set(addressOf(0), 1, eur(70));
    const rows = await catalog.reader.query<{ before_json: string; after_json: string }>(
      sql`SELECT before_json, after_json
          FROM audit_log
          WHERE action = 'pricing:price:set' AND entity_id = ${addressOf(0).variantId}`,
    );
    const states = rows.map((row): unknown[] => [
      JSON.parse(row.before_json),
      JSON.parse(row.after_json),
    ]);
    expect(states).toEqual([
      [
        { productId, price: { ...eur(100), version: 1 } },
        { productId, price: { ...eur(70), version: 2 } },
      ],
    ]);
  });

  it('is found within its store and product only, and in a currency of the store', async () => {
    const [store, other] = [await catalog.addStore(), await catalog.addStore()];
    const { addressOf } = await sell(store, [100]);
    const foreign = await sell(other, [100]);
    const at = addressOf(0);
    const set = (address: typeof at, currency = 'EUR') =>
      editor.set(address, 1, { ...eur(1), currency });
    await expect(set({ ...at, storeCode: 'nowhere' })).rejects.toMatchObject({
      code: 'catalog.store-not-found',
    });
    await expect(set({ ...at, storeCode: other.code })).rejects.toMatchObject({
      code: 'catalog.product-not-found',
    });
    await expect(set({ ...at, variantId: foreign.addressOf(0).variantId })).rejects.toMatchObject({
      code: 'catalog.variant-not-found',
    });
    await expect(set(at, 'GBP')).rejects.toMatchObject({
      status: 422,
      code: 'pricing.price-invalid',
    });
    await expect(editor.set(at, 1, eur(-1))).rejects.toMatchObject({ status: 422 });
  });

  it('goes with its variant and product, and lists go with their store', async () => {
    const store = await catalog.addStore();
    const { productId, addressOf } = await sell(store, [100, 200]);
    const one = productDraft('pad', {
      options: ['Size'],
      variants: [variantDraft({ optionValues: ['S1'], prices: [eur(200)] })],
    });
    await catalog.saveMany(store, [one]);
    const left = await catalog.reader.query(
      sql`SELECT variant_id FROM price WHERE product_id = ${productId}`,
    );
    expect(left).toEqual([{ variant_id: addressOf(1).variantId }]);
    await catalog.unitOfWork.run((tx) => catalog.storeDependants.removeRowsOf(tx, store));
    expect(
      await catalog.reader.query(sql`SELECT id FROM price_list WHERE store_id = ${store.id}`),
    ).toEqual([]);
  });
});
