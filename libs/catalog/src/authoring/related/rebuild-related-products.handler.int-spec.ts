import type { Store } from '#libs/stores';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../test/catalog-drafts.js';
import { CatalogFixture } from '../../../test/catalog-fixture.js';
import { jobContextOn } from '../../../test/catalog-job-context.js';
import { RebuildRelatedProductsHandler } from './rebuild-related-products.handler.js';
import { RelatedProductRepository } from './related-product.repository.js';
import { RelatedProductViewRepository } from '../../storefront/related-product-view.repository.js';

describeOnEachDatabase('RebuildRelatedProductsHandler', (open) => {
  let catalog: CatalogFixture;
  let related: RelatedProductRepository;
  let shown: RelatedProductViewRepository;
  let handler: RebuildRelatedProductsHandler;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    related = new RelatedProductRepository(catalog.reader);
    shown = new RelatedProductViewRepository(catalog.reader);
    handler = new RebuildRelatedProductsHandler(catalog.unitOfWork, catalog.storeLookup, related);
  });

  afterAll(() => catalog.close());

  const idOf = async (store: Store, sourceKey: string): Promise<string> => {
    const rows = await catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM product WHERE store_id = ${store.id} AND source_key = ${sourceKey}`,
    );
    return rows[0]?.id ?? '';
  };

  const priced = (key: string, amountMinor: number, category = 'Pads') =>
    productDraft(key, {
      categoryPath: [category],
      variants: [
        variantDraft({ prices: [{ currency: 'EUR', amountMinor, compareAtMinor: null }] }),
      ],
    });

  const rebuild = async (store: Store, productId?: string) => {
    const context = jobContextOn(catalog.unitOfWork);
    const payload = { storeId: store.id, ...(productId === undefined ? {} : { productId }) };
    await handler.handle(payload, context);
    return context.result;
  };

  it('relates the products of a category to each other and invalidates only what changes', async () => {
    const store = await catalog.addStore();
    await catalog.saveMany(store, [
      priced('a', 100),
      priced('b', 110),
      priced('c', 500),
      priced('x', 100, 'Other'),
    ]);
    const [a, b, c, x] = await Promise.all(['a', 'b', 'c', 'x'].map((key) => idOf(store, key)));
    catalog.takeTags();

    expect(await rebuild(store)).toEqual({ products: 4 });
    expect(await shown.idsFor(store.id, a ?? '')).toEqual([b, c]);
    expect(await shown.idsFor(store.id, x ?? '')).toEqual([]);
    expect(catalog.takeTags().sort()).toEqual(
      [a, b, c].map((id) => `related-products:${id}`).sort(),
    );

    await rebuild(store);
    expect(catalog.takeTags()).toEqual([]);
  });

  it('rebuilds a single product the way it rebuilds the store', async () => {
    const store = await catalog.addStore();
    await catalog.saveMany(
      store,
      Array.from({ length: 30 }, (_, index) => priced(`p${index}`, 100 * (index % 7))),
    );
    const id = await idOf(store, 'p9');
    await rebuild(store, id);
    const single = await shown.idsFor(store.id, id);
    expect(single).toHaveLength(8);
    await rebuild(store);
    expect(await shown.idsFor(store.id, id)).toEqual(single);
  });

  it('holds the database for a few products at a time, and rests in between', async () => {
    const store = await catalog.addStore();
    const drafts = Array.from({ length: 50 }, (_, index) => priced(`p${index}`, 100 + index));
    await catalog.saveMany(store, drafts);
    const stopping = new AbortController();
    const context = { ...jobContextOn(catalog.unitOfWork), signal: stopping.signal };
    // What it does seems to take seconds, as where a process stood still: it rests, but no longer than a second.
    const now = performance.now.bind(performance);
    let passedMs = 0;
    const time = jest
      .spyOn(performance, 'now')
      .mockImplementation(() => now() + (passedMs += 2_000));
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const together: number[] = [];
    const times: number[] = [];
    const endListening = catalog.unitOfWork.onCommit(({ tags }) => {
      if (tags.length === 0) return;
      together.push(tags.length);
      times.push(Date.now());
      if (together.length === 2) stopping.abort(new Error('the replica stops'));
    });
    const stopped = handler.handle({ storeId: store.id }, context);
    await expect(stopped).rejects.toThrow();
    endListening();
    time.mockRestore();
    const rests = timers.mock.calls.map(([, ms]) => ms);
    timers.mockRestore();
    expect(together).toEqual([20, 20]);
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(990);
    expect(rests).toContain(1_000);
    catalog.takeTags();
  });

  it('does nothing for a product of another store', async () => {
    const store = await catalog.addStore();
    const other = await catalog.addStore();
    await catalog.saveMany(store, [priced('a', 1), priced('b', 2)]);
    const id = await idOf(store, 'a');
    expect(await rebuild(other, id)).toEqual({ products: 0 });
    expect(await shown.idsFor(other.id, id)).toEqual([]);
  });
});
