import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import type { StockEditor } from '../../../../inventory/src/authoring/stock.editor.js';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../test/catalog-drafts.js';
import { CatalogFixture } from '../../../test/catalog-fixture.js';

const stockOf = (onHand: number, allowsBackorder = false, isTracked = true) => ({
  onHand,
  isTracked,
  allowsBackorder,
});

describeOnEachDatabase('the stock of a variant of the catalog', (open) => {
  let catalog: CatalogFixture;
  let editor: StockEditor;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
    editor = catalog.stockEditor();
  });

  afterAll(() => catalog.close());

  const draftWith = (onHand: number) =>
    productDraft('pad', { variants: [variantDraft({ sku: 'pad', stock: stockOf(onHand) })] });

  const store5 = async (store: Store) => {
    await catalog.saveMany(store, [draftWith(5)]);
    const [variant] = await catalog.reader.query<{ id: string; product_id: string }>(
      sql`SELECT id, product_id FROM product_variant WHERE store_id = ${store.id}`,
    );
    catalog.takeTags();
    catalog.statements.take();
    return {
      storeCode: store.code,
      productId: variant?.product_id ?? '',
      variantId: variant?.id ?? '',
    };
  };

  /** What is on hand, beside the sum of the ledger. */
  const balance = async (variantId: string) => {
    const [items] = await catalog.reader.query<{ n: number | null }>(
      sql`SELECT SUM(on_hand) AS n FROM stock_item WHERE variant_id = ${variantId}`,
    );
    const [ledger] = await catalog.reader.query<{ n: number | null }>(
      sql`SELECT SUM(quantity) AS n FROM stock_ledger WHERE variant_id = ${variantId}`,
    );
    return [items?.n ?? 0, ledger?.n ?? 0];
  };

  it('is changed with six statements, which void nothing but what shoppers see', async () => {
    const address = await store5(await catalog.addStore());
    await editor.set(address, 1, stockOf(0));
    expect(catalog.statements.take()).toHaveLength(6);
    expect(catalog.takeTags()).toEqual([`availability:${address.productId}`]);
  });

  it('voids nothing while shoppers see the same', async () => {
    const address = await store5(await catalog.addStore());
    expect(await editor.set(address, 1, stockOf(4))).toMatchObject({ onHand: 4, version: 2 });
    expect(catalog.takeTags()).toEqual([]);
    await editor.set(address, 2, stockOf(0));
    expect(catalog.takeTags()).toHaveLength(1);
    await editor.set(address, 3, stockOf(-2));
    expect(catalog.takeTags()).toEqual([]);
    await editor.set(address, 4, stockOf(-2, true));
    expect(catalog.takeTags()).toHaveLength(1);
    await editor.set(address, 5, stockOf(-2, true, false));
    expect(catalog.takeTags()).toHaveLength(1);
    await editor.set(address, 6, stockOf(9, true, false));
    expect(catalog.takeTags()).toEqual([]);
  });

  it('is the sum of its ledger, whatever changes it', async () => {
    const store = await catalog.addStore();
    const { variantId, ...address } = await store5(store);
    expect(await balance(variantId)).toEqual([5, 5]);
    await editor.set({ ...address, variantId }, 1, stockOf(12));
    expect(await balance(variantId)).toEqual([12, 12]);
    await catalog.saveMany(store, [draftWith(-3)]);
    expect(await balance(variantId)).toEqual([-3, -3]);
    // A variant that the source no longer has is taken away.
    const others = [['S'], ['M']].map((optionValues) => variantDraft({ optionValues }));
    await catalog.saveMany(store, [productDraft('pad', { options: ['Size'], variants: others })]);
    expect(await balance(variantId)).toEqual([0, 0]);
    const reasons = await catalog.reader.query<{ reason: string }>(
      sql`SELECT reason FROM stock_ledger WHERE variant_id = ${variantId} ORDER BY id`,
    );
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'product-edit',
      'correction',
      'product-edit',
      'removal',
    ]);
  });

  it('lets one of many changes of the same version win, also across processes', async () => {
    const address = await store5(await catalog.addStore());
    const other = await catalog.another();
    try {
      const second = catalog.stockEditor(other.unitOfWork);
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? editor : second).set(address, 1, stockOf(index + 10)),
        ),
      );
      const won = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(won).toHaveLength(1);
      expect(await balance(address.variantId)).toEqual([won[0]?.onHand, won[0]?.onHand]);
    } finally {
      await other.close();
    }
  });

  it('writes, audits and invalidates nothing when nothing changes', async () => {
    const address = await store5(await catalog.addStore());
    expect(await editor.set(address, 1, stockOf(5))).toMatchObject({ onHand: 5, version: 1 });
    expect(catalog.statements.take()).toHaveLength(2);
    expect(catalog.takeTags()).toEqual([]);
  });

  it('keeps what is reserved when what is on hand is stated anew', async () => {
    const store = await catalog.addStore();
    const address = await store5(store);
    await catalog.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE stock_item SET reserved = 3 WHERE variant_id = ${address.variantId}`),
    );
    expect(await editor.set(address, 1, stockOf(6))).toMatchObject({ reserved: 3 });
    await catalog.saveMany(store, [draftWith(8)]);
    const rows = await catalog.reader.query(
      sql`SELECT on_hand, reserved FROM stock_item WHERE variant_id = ${address.variantId}`,
    );
    expect(rows).toEqual([{ on_hand: 8, reserved: 3 }]);
  });

  it('is found within its store and product only', async () => {
    const [store, other] = [await catalog.addStore(), await catalog.addStore()];
    const address = await store5(store);
    const foreign = await store5(other);
    const set = (changes: Partial<typeof address>) =>
      editor.set({ ...address, ...changes }, 1, stockOf(1));
    await expect(set({ storeCode: 'nowhere' })).rejects.toMatchObject({
      code: 'catalog.store-not-found',
    });
    await expect(set({ storeCode: other.code })).rejects.toMatchObject({
      code: 'catalog.product-not-found',
    });
    await expect(set({ variantId: foreign.variantId })).rejects.toMatchObject({
      code: 'catalog.variant-not-found',
    });
    const directory = catalog.stockDirectory();
    expect(await directory.get(address)).toMatchObject({ onHand: 5, version: 1 });
    for (const changes of [{ storeCode: other.code }, { variantId: foreign.variantId }]) {
      await expect(directory.get({ ...address, ...changes })).rejects.toMatchObject({
        code: 'inventory.stock-not-found',
      });
    }
    await expect(editor.set(address, 1, stockOf(0.5))).rejects.toMatchObject({
      status: 422,
      code: 'inventory.stock-invalid',
    });
  });
});
