import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../../test/catalog-fixture.js';
import { percent, RepricingFixture, sold } from '../../../test/repricing-fixture.js';

const TENTH_OFF = percent(-100_000);

describeOnEachDatabase('a bulk change of prices that is undone', (open) => {
  let catalog: CatalogFixture;
  let bulk: RepricingFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    bulk = new RepricingFixture(catalog);
  });

  afterAll(() => catalog.close());

  it('puts back what nobody has changed since, and tells of the others', async () => {
    const store = await bulk.shopWith([sold('cup', [1_000, 2_000, 3_000, 4_000])]);
    const first = await bulk.carriedOut(store, {}, { ...TENTH_OFF, compareAt: 'previous' });
    const set = async (sku: string, version: number, amountMinor: number) => {
      const price = { currency: 'EUR', amountMinor, compareAtMinor: null };
      await catalog.priceEditor().set(await bulk.addressOf(store, sku), version, price);
    };
    await set('cup-1', 2, 1_750);
    // Changed, and changed back to what the bulk change had made of it.
    await set('cup-2', 2, 1);
    await catalog.priceEditor().set(await bulk.addressOf(store, 'cup-2'), 3, {
      currency: 'EUR',
      amountMinor: 2_700,
      compareAtMinor: 3_000,
    });
    await catalog.priceEditor().remove(await bulk.addressOf(store, 'cup-3'), 'EUR', 2);
    const undo = await bulk.startUndo(store, first);
    await bulk.run(undo);
    expect(await bulk.amounts(store)).toEqual({ 'cup-0': 1_000, 'cup-1': 1_750, 'cup-2': 2_700 });
    const address = { storeCode: store.code, id: undo };
    const kept = await bulk.directory.listPrices(address, 'changed-since', undefined, 10);
    const told = new Map<unknown, unknown>(
      kept.map(({ before, after }) => [before?.amountMinor ?? 'gone', after]),
    );
    expect(told).toEqual(
      new Map<unknown, unknown>([
        [1_750, undefined],
        [2_700, undefined],
        ['gone', undefined],
      ]),
    );
    const put = await bulk.directory.listPrices(address, 'changed', undefined, 10);
    expect(put).toMatchObject([
      {
        before: { amountMinor: 900, compareAtMinor: 1_000 },
        after: { amountMinor: 1_000, compareAtMinor: null },
      },
    ]);
  });

  it('is undone once, after it has ended, and not carried on then', async () => {
    const store = await bulk.shopWith(
      Array.from({ length: 150 }, (_, index) =>
        sold(`p${String(index).padStart(3, '0')}`, [1_000]),
      ),
    );
    const id = await bulk.start(bulk.request(store, TENTH_OFF));
    await expect(bulk.startUndo(store, id)).rejects.toMatchObject({
      code: 'pricing.repricing-under-way',
    });
    const dies = (): never => {
      throw new Error('the replica dies');
    };
    await expect(bulk.run(id, { progress: dies })).rejects.toThrow('dies');
    await bulk.end(id, 'dead');
    const results = await Promise.allSettled([
      bulk.startUndo(store, id),
      bulk.startUndo(store, id),
    ]);
    const undone = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(undone).toHaveLength(1);
    await bulk.run(undone[0] ?? '');
    // Staff let the dead job run again.
    await expect(bulk.run(id)).rejects.toMatchObject({ code: 'pricing.repricing-undone' });
    expect(new Set(Object.values(await bulk.amounts(store)))).toEqual(new Set([1_000]));
  });

  it('is forgotten once it can no longer be undone, and goes with its store', async () => {
    const store = await bulk.shopWith([sold('cup', [1_000])]);
    const [old, young] = [await bulk.carriedOut(store, {}), await bulk.carriedOut(store, {})];
    const days = 24 * 3_600_000;
    await catalog.unitOfWork.run((tx) =>
      tx.execute(
        sql`UPDATE repricing SET created_at = created_at - ${90.5 * days} WHERE id = ${old}`,
      ),
    );
    await expect(bulk.startUndo(store, old)).rejects.toMatchObject({
      code: 'pricing.repricing-expired',
    });
    const prune = async (now: number) => {
      while ((await bulk.pruner.pruneBatch(now)) > 0);
      return (await bulk.directory.list(store.code, undefined, 10)).map(({ id }) => id);
    };
    expect(await prune(Date.now())).toEqual([young, old]);
    expect(await prune(Date.now() + days)).toEqual([young]);
    await catalog.unitOfWork.run((tx) => catalog.storeDependants.removeRowsOf(tx, store));
    const left = await catalog.reader.query(
      sql`SELECT id FROM repricing WHERE store_id = ${store.id}`,
    );
    expect(left).toEqual([]);
  });

  it('is forgotten part by part, product after product', async () => {
    const many = Array.from({ length: 300 }, (_, index) => 1_000 + index);
    const store = await bulk.shopWith(['a', 'b', 'c'].map((key) => sold(key, many)));
    await bulk.carriedOut(store, {});
    const later = Date.now() + 92 * 24 * 3_600_000;
    const removed = [];
    do removed.push(await bulk.pruner.pruneBatch(later));
    while (removed.at(-1) !== 0);
    // Two products with their prices, the third one with its own, and the bulk change; before them what others left.
    expect(removed.slice(-4)).toEqual([600, 300, 1, 0]);
  });
});
