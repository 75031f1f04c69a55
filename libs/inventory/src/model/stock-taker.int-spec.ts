import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Store } from '#libs/stores';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../catalog/test/catalog-fixture.js';
import { StockLedgerRepository } from './stock-ledger.repository.js';
import type { StockDemand } from './stock-statements.js';
import { StockTaker } from './stock-taker.js';

interface ItemRow {
  readonly sku: string;
  readonly variant_id: string;
  readonly on_hand: number;
  readonly ledger: number;
}

describeOnEachDatabase('StockTaker', (open) => {
  const taker = new StockTaker(new StockLedgerRepository());
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterAll(() => catalog.close());

  /** A store with a counted, a back-orderable and an uncounted variant, three pieces of each. */
  const stocked = async (): Promise<Store> => {
    const store = await catalog.addStore();
    const stock = { onHand: 3, isTracked: true, allowsBackorder: false };
    await catalog.saveMany(store, [
      productDraft('a', { variants: [variantDraft({ sku: 'COUNTED', stock })] }),
      productDraft('b', {
        variants: [variantDraft({ sku: 'LATER', stock: { ...stock, allowsBackorder: true } })],
      }),
      productDraft('c', {
        variants: [variantDraft({ sku: 'ALWAYS', stock: { ...stock, isTracked: false } })],
      }),
    ]);
    catalog.takeTags();
    return store;
  };

  const itemsOf = async (store: Store): Promise<Map<string, ItemRow>> => {
    const rows = await catalog.reader.query<ItemRow>(sql`
      SELECT v.sku, i.variant_id, i.on_hand,
        (
          SELECT SUM(l.quantity)
          FROM stock_ledger l
          WHERE l.variant_id = i.variant_id AND l.location_id = i.location_id
        ) AS ledger
      FROM stock_item i
      JOIN product_variant v ON v.id = i.variant_id
      WHERE v.store_id = ${store.id}`);
    return new Map(rows.map((row) => [row.sku, row]));
  };

  const demand = async (
    store: Store,
    wanted: Readonly<Record<string, number>>,
  ): Promise<StockDemand[]> => {
    const items = await itemsOf(store);
    return Object.entries(wanted).map(([sku, quantity]) => ({
      variantId: items.get(sku)?.variant_id ?? '',
      quantity,
    }));
  };

  const atMain = (demands: readonly StockDemand[]) =>
    demands.map((each) => ({ ...each, locationId: null }));

  it('takes what there is, counts what is counted, and keeps the ledger equal to the stock', async () => {
    const store = await stocked();
    const demands = await demand(store, { COUNTED: 2, LATER: 5, ALWAYS: 9 });
    const taken = await catalog.unitOfWork.run((tx) => taker.take(tx, store.id, demands));
    expect(taken.size).toBe(2);
    const items = await itemsOf(store);
    expect(items.get('COUNTED')).toMatchObject({ on_hand: 1, ledger: 1 });
    expect(items.get('LATER')).toMatchObject({ on_hand: -2, ledger: -2 });
    expect(items.get('ALWAYS')).toMatchObject({ on_hand: 3, ledger: 3 });
  });

  it('takes nothing when one is short, and names it', async () => {
    const store = await stocked();
    const demands = await demand(store, { LATER: 1, COUNTED: 4 });
    await expect(
      catalog.unitOfWork.run((tx) => taker.take(tx, store.id, demands)),
    ).rejects.toMatchObject({
      code: 'inventory.not-enough',
      details: { variantIds: [demands[1]?.variantId] },
    });
    expect((await itemsOf(store)).get('LATER')).toMatchObject({ on_hand: 3, ledger: 3 });
    const other = await stocked();
    await expect(
      catalog.unitOfWork.run((tx) => taker.take(tx, other.id, demands.slice(0, 1))),
    ).rejects.toMatchObject({ code: 'inventory.not-enough' });
  });

  it('voids what shoppers see only when they see something else', async () => {
    const store = await stocked();
    const one = await demand(store, { COUNTED: 1 });
    const take = () => catalog.unitOfWork.run((tx) => taker.take(tx, store.id, one));
    await take();
    await take();
    expect(catalog.takeTags()).toEqual([]);
    await take();
    expect(catalog.takeTags()).toHaveLength(1);
    await catalog.unitOfWork.run((tx) => taker.giveBack(tx, store.id, atMain(one), 'cancellation'));
    expect(catalog.takeTags()).toHaveLength(1);
    expect((await itemsOf(store)).get('COUNTED')).toMatchObject({ on_hand: 1, ledger: 1 });
  });

  it('sells each piece once to units of work that overlap', async () => {
    const store = await stocked();
    const one = await demand(store, { COUNTED: 1 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () =>
        catalog.unitOfWork.run((tx) => taker.take(tx, store.id, one)),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect((await itemsOf(store)).get('COUNTED')).toMatchObject({ on_hand: 0, ledger: 0 });
  });
});
