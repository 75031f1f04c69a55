import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import type { RepricedPrice } from '#authoring/pricing';
import type { ProductSelection } from '#libs/pricing';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../../test/catalog-fixture.js';
import { percent, RepricingFixture, sold } from '../../../test/repricing-fixture.js';

const TENTH_OFF = percent(-100_000);

describeOnEachDatabase('a bulk change of prices', (open) => {
  let catalog: CatalogFixture;
  let bulk: RepricingFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    bulk = new RepricingFixture(catalog);
  });

  afterAll(() => catalog.close());

  const spans = (productId: string) =>
    catalog.reader.query(
      sql`SELECT min_minor, max_minor
          FROM product_listing_price
          WHERE product_id = ${productId} AND currency = 'EUR'`,
    );

  it('changes what the selection names, in one currency, and nothing else', async () => {
    const brakes = { categoryPath: ['Brakes'] };
    const pads = { categoryPath: ['Brakes', 'Pads'], brand: 'Bosch' };
    const store = await bulk.shopWith([
      sold('disc', [1_000, 2_000], brakes),
      sold('pad', [500], pads),
      sold('bulb', [300], { attributes: [{ code: 'colour', value: 'red' }] }),
    ]);
    const foreign = await bulk.shopWith([sold('disc', [1_000])]);
    const before = await bulk.amounts(store);
    const selections: [ProductSelection, Record<string, number>][] = [
      [{ categoryId: await bulk.categoryOf(store, 'pads') }, { 'pad-0': 450 }],
      [
        { categoryId: await bulk.categoryOf(store, 'brakes') },
        { 'disc-0': 900, 'disc-1': 1_800, 'pad-0': 450 },
      ],
      [{ brand: 'Bosch' }, { 'pad-0': 450 }],
      [{ attribute: { code: 'colour', value: 'red' } }, { 'bulb-0': 270 }],
      [{ skus: ['disc-1', 'pad-0'] }, { 'disc-1': 1_800, 'pad-0': 450 }],
      [
        { productIds: [await bulk.idOf(store, 'disc')], skus: ['disc-1', 'pad-0'] },
        { 'disc-1': 1_800 },
      ],
      [{}, { 'disc-0': 900, 'disc-1': 1_800, 'pad-0': 450, 'bulb-0': 270 }],
    ];
    for (const [selection, after] of selections) {
      const id = await bulk.carriedOut(store, selection);
      expect(await bulk.amounts(store)).toEqual({ ...before, ...after });
      expect((await bulk.directory.get(store.code, id)).progress).toMatchObject({
        changed: Object.keys(after).length,
        skipped: 0,
      });
      await bulk.run(await bulk.startUndo(store, id));
      expect(await bulk.amounts(store)).toEqual(before);
    }
    expect(await bulk.amounts(foreign)).toEqual({ 'disc-0': 1_000 });
    const dollars = await catalog.reader.query<{ amount_minor: number }>(
      sql`SELECT DISTINCT p.amount_minor
          FROM price p
          JOIN price_list l ON l.id = p.list_id
          WHERE l.store_id = ${store.id} AND l.currency = 'USD'`,
    );
    expect(dollars).toEqual([{ amount_minor: 5_000 }]);
  });

  it('voids the prices of what changes, and lists where the span is another', async () => {
    const store = await bulk.shopWith([
      sold('disc', [1_000, 2_000, 3_000], { categoryPath: ['Brakes', 'Discs'] }),
      sold('pad', [0], { categoryPath: ['Other'] }),
      sold('idle', [800], { status: 'draft' }),
    ]);
    const disc = await bulk.idOf(store, 'disc');
    await bulk.carriedOut(store, { skus: ['disc-1', 'pad-0'] });
    expect(catalog.takeTags()).toEqual([`prices:${disc}`]);
    expect(await spans(disc)).toEqual([{ min_minor: 1_000, max_minor: 3_000 }]);
    await bulk.carriedOut(store, {});
    const tags = [
      `prices:${disc}`,
      `prices:${await bulk.idOf(store, 'idle')}`,
      `store-products:${store.code}`,
      `category-products:${await bulk.categoryOf(store, 'brakes')}`,
      `category-products:${await bulk.categoryOf(store, 'discs')}`,
    ];
    expect(catalog.takeTags().sort()).toEqual(tags.sort());
    expect(await spans(disc)).toEqual([{ min_minor: 900, max_minor: 2_700 }]);
    expect(await spans(await bulk.idOf(store, 'idle'))).toEqual([]);
  });

  it('foresees in a dry run what the run does, and writes nothing', async () => {
    const rule = {
      ...TENTH_OFF,
      rounding: { stepMinor: 100, endingMinor: 99, mode: 'down' as const },
    };
    const store = await bulk.shopWith([sold('cup', [1_000, 99, 50]), sold('mug', [899])]);
    const request = bulk.request(store, rule);
    catalog.statements.take();
    const foreseen = await bulk.forecast.foresee(request);
    expect(catalog.statements.take()).toEqual([]);
    expect(foreseen).toMatchObject({
      products: 2,
      foreseenProducts: 2,
      changed: 2,
      unchanged: 0,
      skipped: 2,
    });
    const id = await bulk.start(request);
    await bulk.run(id);
    const done: readonly RepricedPrice[] = await bulk.directory.listPrices(
      { storeCode: store.code, id },
      undefined,
      undefined,
      10,
    );
    const told = (prices: typeof done) =>
      new Map(
        prices.map(({ variantId, outcome, before, after }) => [
          variantId,
          [outcome, before?.amountMinor, after?.amountMinor],
        ]),
      );
    expect(told(foreseen.sample)).toEqual(told(done));
    expect(done).toHaveLength(4);
    expect(await bulk.amounts(store)).toEqual({
      'cup-0': 899,
      'cup-1': 99,
      'cup-2': 50,
      'mug-0': 799,
    });
    const { changed, unchanged, skipped } = (await bulk.directory.get(store.code, id)).progress;
    expect({ changed, unchanged, skipped }).toEqual({ changed: 2, unchanged: 0, skipped: 2 });
  });

  it('changes each price once, whatever dies in the middle and runs again', async () => {
    const keys = Array.from({ length: 230 }, (_, index) => `p${String(index).padStart(3, '0')}`);
    const store = await bulk.shopWith(keys.map((key) => sold(key, [1_000])));
    const id = await bulk.start(bulk.request(store, TENTH_OFF));
    const progress = () => bulk.directory.get(store.code, id).then((each) => each.progress);
    const dies = (): never => {
      throw new Error('the replica dies');
    };
    await expect(bulk.run(id, { progress: dies })).rejects.toThrow('dies');
    expect(await progress()).toMatchObject({ products: 100, changed: 100 });

    const failing = {
      step: (_name: string, work: Parameters<ReturnType<typeof bulk.context>['step']>[1]) =>
        catalog.unitOfWork.run(async (tx): Promise<boolean> => {
          await work(tx);
          throw new Error('the commit fails');
        }),
    };
    await expect(bulk.run(id, failing)).rejects.toThrow('the commit fails');
    expect(await progress()).toMatchObject({ products: 100, changed: 100 });
    expect(Object.values(await bulk.amounts(store)).filter((each) => each === 900)).toHaveLength(
      100,
    );

    await bulk.run(id);
    expect(await progress()).toMatchObject({ products: 230, changed: 230 });
    await bulk.run(id);
    expect(new Set(Object.values(await bulk.amounts(store)))).toEqual(new Set([900]));
    const audits = await catalog.reader.query<{ entity_id: string }>(
      sql`SELECT entity_id
          FROM audit_log
          WHERE action = 'pricing:price:set' AND after_json LIKE ${`%${id}%`}`,
    );
    expect(new Set(audits.map((each) => each.entity_id)).size).toBe(230);
    expect(audits).toHaveLength(230);
  });

  it('does a bounded part in each unit of work, also of products with many variants', async () => {
    const many = Array.from({ length: 300 }, (_, index) => 1_000 + index);
    const store = await bulk.shopWith([sold('a', many), sold('b', many), sold('c', many)]);
    const id = await bulk.start(bulk.request(store, TENTH_OFF));
    const done: number[] = [];
    await bulk.run(id, { progress: ({ changed }) => done.push(Number(changed)) });
    expect(done).toEqual([300, 600, 900]);
  });

  it('leaves products alone that are made after it was accepted', async () => {
    const store = await bulk.shopWith([sold('cup', [1_000])]);
    const id = await bulk.start(bulk.request(store, TENTH_OFF));
    await catalog.saveMany(store, [sold('late', [1_000])]);
    await bulk.run(id);
    expect(await bulk.amounts(store)).toEqual({ 'cup-0': 900, 'late-0': 1_000 });
  });

  it('is accepted once for a key', async () => {
    const store = await bulk.shopWith([sold('cup', [1_000])]);
    const request = bulk.request(store, TENTH_OFF);
    const key = newId();
    const first = await bulk.editor.start(request, key);
    expect(await bulk.editor.start(request, key)).toEqual(first);
    expect(await bulk.directory.list(store.code, undefined, 10)).toHaveLength(1);
    await expect(bulk.editor.start({ ...request, rule: percent(1) }, key)).rejects.toMatchObject({
      code: 'idempotency.key-reused',
    });
  });

  it('refuses what the store does not have, and leaves no job behind', async () => {
    const store = await bulk.shopWith([sold('cup', [1_000])]);
    const other = await bulk.shopWith([sold('cup', [1_000], { categoryPath: ['Brakes'] })]);
    const jobs = () =>
      catalog.reader.query(sql`SELECT id FROM job WHERE name = 'reprice-products' ORDER BY id`);
    const before = await jobs();
    const cases: [string, ReturnType<typeof bulk.request>][] = [
      ['catalog.store-not-found', { ...bulk.request(store, TENTH_OFF), storeCode: 'nowhere' }],
      ['catalog.currency-unknown', bulk.request(store, TENTH_OFF, { currency: 'GBP' })],
      ['pricing.repricing-invalid', bulk.request(store, percent(-2_000_000))],
      [
        'pricing.nothing-to-reprice',
        bulk.request(store, TENTH_OFF, { selection: { brand: 'no' } }),
      ],
      [
        'catalog.category-not-found',
        bulk.request(store, TENTH_OFF, {
          selection: { categoryId: await bulk.categoryOf(other, 'brakes') },
        }),
      ],
      [
        'catalog.product-not-found',
        bulk.request(store, TENTH_OFF, {
          selection: { productIds: [await bulk.idOf(store, 'cup'), await bulk.idOf(other, 'cup')] },
        }),
      ],
      [
        'catalog.variant-not-found',
        bulk.request(store, TENTH_OFF, { selection: { skus: ['cup-0', 'cup-9'] } }),
      ],
    ];
    for (const [code, request] of cases) {
      await expect(bulk.start(request)).rejects.toMatchObject({ code });
      await expect(bulk.forecast.foresee(request)).rejects.toMatchObject({ code });
    }
    expect(await jobs()).toEqual(before);
    const id = await bulk.carriedOut(store, {});
    for (const find of [
      () => bulk.directory.get(other.code, id),
      () => bulk.startUndo(other, id),
      () => bulk.directory.listPrices({ storeCode: other.code, id }, undefined, undefined, 1),
    ]) {
      await expect(find()).rejects.toMatchObject({ code: 'pricing.repricing-not-found' });
    }
  });
});
