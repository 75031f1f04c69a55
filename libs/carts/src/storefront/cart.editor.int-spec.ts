import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { StoreDirectory } from '#authoring/stores';
import { UnitOfWork } from '#libs/database';
import { StockHolds } from '#libs/inventory';
import { productLimits } from '#libs/kernel';
import { StoreReader } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../catalog/test/catalog-drafts.js';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import type { CartAddress } from '../model/cart.js';
import { CartEditor } from './cart.editor.js';
import { CartPruner } from '../authoring/cart.pruner.js';
import { CartsModule } from './carts.module.js';

const MONTH_MS = 31 * 24 * 3_600_000;

describeOnEachDatabase('CartEditor', (open) => {
  let replica: CatalogReplica;
  let carts: CartEditor;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [CartsModule]);
    carts = replica.app.get(CartEditor);
  });

  afterAll(() => replica.close());

  /** An empty cart in a store that sells A and B. */
  const begun = async (): Promise<CartAddress> => {
    const store = await replica.addStore();
    await replica.saveMany(
      store,
      ['A', 'B'].map((sku) => productDraft(sku, { variants: [variantDraft({ sku })] })),
    );
    const sight = await replica.app.get(StoreReader).sight(store.code, 'en', 'EUR');
    const { token, cart } = await carts.create(sight);
    return { id: cart.cart.id, token };
  };

  /** What the variant A of the cart's store costs from now on. */
  const reprice = async (held: CartAddress, amountMinor: number): Promise<void> => {
    const { cart } = await carts.get(held);
    const store = await replica.app.get(StoreDirectory).get(cart.storeCode);
    const prices = [{ currency: 'EUR', amountMinor, compareAtMinor: null }];
    await replica.saveMany(store, [
      productDraft('A', { variants: [variantDraft({ sku: 'A', prices })] }),
    ]);
  };

  it('adds what there is, and tells of each item what became of it', async () => {
    const held = await begun();
    const { cart, items } = await carts.addItems(held, undefined, [
      { sku: 'A', quantity: 1 },
      { sku: 'NONE', quantity: 1 },
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 10_000 },
    ]);
    expect(items).toMatchObject([
      { sku: 'A', isAdded: true },
      { sku: 'NONE', isAdded: false, reason: 'unknown-sku' },
      { sku: 'A', isAdded: true, quantity: 3 },
      { sku: 'B', isAdded: false, reason: 'too-many' },
    ]);
    expect(cart.lines).toMatchObject([{ sku: 'A', quantity: 3 }]);
    expect(cart.totals.totalMinor).toBe(3_000);
  });

  it('loses none of the writes that come at once, and keeps a variant in one line', async () => {
    const held = await begun();
    await Promise.all(
      Array.from({ length: 10 }, () =>
        carts.addItems(held, undefined, [{ sku: 'A', quantity: 1 }]),
      ),
    );
    expect((await carts.get(held)).lines).toMatchObject([{ sku: 'A', quantity: 10 }]);
  });

  it('finds a cart for nobody but the owner of its token', async () => {
    const held = await begun();
    const { token } = await begun();
    const stranger = { id: held.id, token };
    const notFound = { code: 'carts.cart-not-found' };
    await expect(carts.get(stranger)).rejects.toMatchObject(notFound);
    const write = carts.addItems(stranger, undefined, [{ sku: 'A', quantity: 1 }]);
    await expect(write).rejects.toMatchObject(notFound);
    expect(await carts.get(held)).toMatchObject({ cart: { version: 1 }, lines: [] });
  });

  it('refuses a write that is based on what is no longer there', async () => {
    const held = await begun();
    const { cart } = await carts.addItems(held, 1, [{ sku: 'A', quantity: 1 }]);
    const stale = carts.addItems(held, 1, [{ sku: 'B', quantity: 1 }]);
    await expect(stale).rejects.toMatchObject({ code: 'http.stale-version' });
    const line = cart.lines[0]?.id ?? '';
    const emptied = await carts.setQuantity(held, cart.cart.version, line, 0);
    expect(emptied.lines).toEqual([]);
    await expect(carts.setQuantity(held, undefined, line, 1)).rejects.toMatchObject({
      code: 'carts.item-not-found',
    });
  });

  it('is one unit of work for each write, and tells what changed since the last one', async () => {
    const held = await begun();
    let commits = 0;
    const stop = replica.unitOfWork.onCommit(() => (commits += 1));
    const { cart } = await carts.addItems(held, undefined, [{ sku: 'A', quantity: 1 }]);
    stop();
    expect(commits).toBe(1);
    expect(cart.lines).toMatchObject([{ change: null }]);
    await reprice(held, 1_500);
    const change = { kind: 'price', beforeMinor: 1_000, afterMinor: 1_500 };
    expect((await carts.get(held)).lines).toMatchObject([{ change }]);
    expect((await carts.setDetails(held, undefined, {})).lines).toMatchObject([{ change }]);
    expect((await carts.get(held)).lines).toMatchObject([{ change: null }]);
  });

  it('has a problem where amounts would no longer be exact, and goes on', async () => {
    const held = await begun();
    await carts.addItems(held, undefined, [{ sku: 'A', quantity: 2 }]);
    await reprice(held, productLimits.amountMinor);
    const { lines, totals } = await carts.get(held);
    expect(lines).toMatchObject([{ problem: 'too-dear', totals: null }]);
    expect(totals.totalMinor).toBe(0);
    const one = await carts.setQuantity(held, undefined, lines[0]?.id ?? '', 1);
    expect(one.lines).toMatchObject([{ problem: null }]);
    expect(one.totals.totalMinor).toBe(productLimits.amountMinor);
  });

  it('names what has no text in the language of the shopper as the store does', async () => {
    const store = await replica.addStore({ locales: ['en', 'de', 'aa'] });
    const text = { descriptionHtml: '', seoTitle: null, seoDescription: null };
    await replica.saveMany(store, [
      productDraft('A', {
        variants: [variantDraft({ sku: 'A' })],
        texts: { en: { ...text, name: 'Pad' }, de: { ...text, name: 'Belag' } },
      }),
    ]);
    const sight = await replica.app.get(StoreReader).sight(store.code, 'aa', 'EUR');
    const { token, cart } = await carts.create(sight);
    const held = { id: cart.cart.id, token };
    const added = await carts.addItems(held, undefined, [{ sku: 'A', quantity: 1 }]);
    expect(added.cart.lines).toMatchObject([{ name: 'Pad' }]);
  });

  it('forgets what has expired, and nothing else', async () => {
    const held = await begun();
    await carts.addItems(held, undefined, [{ sku: 'A', quantity: 1 }]);
    const pruner = new CartPruner(replica.app.get(UnitOfWork), replica.app.get(StockHolds));
    expect(await pruner.pruneBatch(Date.now())).toBe(0);
    expect(await pruner.pruneBatch(Date.now() + MONTH_MS)).toBeGreaterThan(0);
    await expect(carts.get(held)).rejects.toMatchObject({ code: 'carts.cart-not-found' });
  });
});
