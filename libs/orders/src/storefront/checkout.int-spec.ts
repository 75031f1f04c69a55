import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CartEditor, type CartAddress } from '#libs/carts';
import { newId } from '#libs/kernel';
import { StoreReader, type Store } from '#libs/stores';
import { ProductDirectory, ProductEditor } from '#authoring/catalog';
import { StoreEditor, StoreSettingsEditor } from '#authoring/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../catalog/test/catalog-drafts.js';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { OrdersAuthoringModule } from '../authoring/orders-authoring.module.js';
import { OrdersStoreDependant } from '../authoring/orders-store-dependant.js';
import { Checkout } from './checkout.js';
import { OrderReader } from './order.reader.js';
import { OrdersModule } from './orders.module.js';
import { someAddress } from '../../../stores/test/some-address.js';
import { betweenPlanAndPlacing } from '../../test/between-plan-and-placing.js';

const pad = (amountMinor: number) =>
  productDraft('pad', {
    variants: [
      variantDraft({
        sku: 'PAD',
        prices: [{ currency: 'EUR', amountMinor, compareAtMinor: null }],
        stock: { onHand: 100, isTracked: true, allowsBackorder: false },
      }),
    ],
  });

describeOnEachDatabase('Checkout', (open) => {
  let replica: CatalogReplica;
  let store: Store;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [OrdersModule, OrdersAuthoringModule]);
  });

  afterAll(() => replica.close());

  /** A cart with two pads in a store of its own; 10.00 each and 4.90 for the post. */
  const filled = async (): Promise<CartAddress> => {
    store = await replica.addStore();
    await replica.saveMany(store, [pad(1_000)]);
    await replica.app.get(StoreSettingsEditor).replace(store.code, 'sales', 0, {
      orderNumberPrefix: '',
      allowedCountries: [],
      shippingMethods: [
        { code: 'post', name: 'Post', countries: [], pricesMinor: { EUR: 490 }, freeFromMinor: {} },
      ],
    });
    const carts = replica.app.get(CartEditor);
    const sight = await replica.app.get(StoreReader).sight(store.code, 'en', 'EUR');
    const { token, cart } = await carts.create(sight);
    const held = { id: cart.cart.id, token };
    await carts.addItems(held, undefined, [{ sku: 'PAD', quantity: 2 }]);
    await carts.setDetails(held, undefined, {
      email: 'ada@example.com',
      shippingAddress: someAddress,
      shippingMethod: 'post',
      paymentMethod: 'invoice',
    });
    return held;
  };

  const order = (held: CartAddress, amount = 2_490) =>
    replica.app
      .get(Checkout)
      .place(held, { key: newId(), expectedTotal: { amount, currency: 'EUR' } });

  const hasOrders = () =>
    replica.unitOfWork.run((tx) => replica.app.get(OrdersStoreDependant).hasRowsOf(tx, store));

  it('plans again when a price changes, and refuses the total that no longer holds', async () => {
    const held = await filled();
    await betweenPlanAndPlacing(
      replica,
      () => replica.saveMany(store, [pad(1_500)]),
      () =>
        expect(order(held)).rejects.toMatchObject({
          code: 'orders.total-changed',
          details: { total: { amount: 3_490, currency: 'EUR' } },
        }),
    );
    expect((await replica.app.get(CartEditor).get(held)).cart.state).toBe('open');
  });

  it('plans again when the cart changes', async () => {
    const held = await filled();
    const carts = replica.app.get(CartEditor);
    const [line] = (await carts.get(held)).lines;
    await betweenPlanAndPlacing(
      replica,
      () => carts.setQuantity(held, undefined, line?.id ?? '', 3),
      () => expect(order(held)).rejects.toMatchObject({ code: 'orders.total-changed' }),
    );
  });

  it('gives up when the cart changes each time, and goes on when it does not', async () => {
    const held = await filled();
    const carts = replica.app.get(CartEditor);
    let changes = 0;
    const change = () => {
      changes += 1;
      return carts.setDetails(held, undefined, { email: `ada-${changes}@example.com` });
    };
    const plans = await betweenPlanAndPlacing(
      replica,
      change,
      () =>
        expect(order(held)).rejects.toMatchObject({
          code: 'orders.keeps-changing',
          status: 409,
          retryAfterSeconds: 1,
        }),
      Infinity,
    );
    expect(plans).toBe(5);
    expect((await carts.get(held)).cart).toMatchObject({
      state: 'open',
      email: 'ada-5@example.com',
    });
    expect(await hasOrders()).toBe(false);
    expect(await betweenPlanAndPlacing(replica, change, () => order(held), 4)).toBe(5);
    expect(await hasOrders()).toBe(true);
  });

  it('says which lines of the cart cannot be had, and leaves it open', async () => {
    const held = await filled();
    const carts = replica.app.get(CartEditor);
    const [line] = (await carts.get(held)).lines;
    const [product] = await replica.app.get(ProductDirectory).list(store.code, {}, undefined, 10);
    if (product === undefined) throw new Error('there is no product');
    await replica.app
      .get(ProductEditor)
      .remove({ storeCode: store.code, id: product.id }, product.version);
    await expect(order(held, 490)).rejects.toMatchObject({
      code: 'orders.items-unavailable',
      status: 409,
      details: { items: [{ item: line?.id, sku: null, problem: 'not-sold' }] },
    });
    expect((await carts.get(held)).cart.state).toBe('open');
    expect(await hasOrders()).toBe(false);
  });

  it('is not held up by changes of what it does not depend on', async () => {
    const held = await filled();
    const plans = await betweenPlanAndPlacing(
      replica,
      () => replica.saveMany(store, [productDraft('other')]),
      () => order(held),
    );
    expect(plans).toBe(1);
  });

  it('stores what was agreed, so that nothing later changes it', async () => {
    const held = await filled();
    const placed = await order(held);
    await replica.saveMany(store, [pad(9_900)]);
    const stored = await replica.app
      .get(OrderReader)
      .get(placed.number, { by: 'holding', token: held.token });
    expect(stored).toMatchObject({
      totalMinor: 2_490,
      shippingMinor: 490,
      lines: [{ sku: 'PAD', quantity: 2, unitPriceMinor: 1_000, totalMinor: 2_000 }],
      transitions: [{ action: 'place' }],
    });
  });

  it('keeps its store, also when nothing else of it is left', async () => {
    const held = await filled();
    expect(await hasOrders()).toBe(false);
    await order(held);
    expect(await hasOrders()).toBe(true);
    const products = await replica.app.get(ProductDirectory).list(store.code, {}, undefined, 10);
    for (const { id, version } of products) {
      await replica.app.get(ProductEditor).remove({ storeCode: store.code, id }, version);
    }
    await expect(replica.app.get(StoreEditor).remove(store.code, 1)).rejects.toMatchObject({
      code: 'catalog.store-in-use',
    });
  });

  it('says everything that a cart lacks, at once', async () => {
    store = await replica.addStore();
    const sight = await replica.app.get(StoreReader).sight(store.code, 'en', 'EUR');
    const { token, cart } = await replica.app.get(CartEditor).create(sight);
    await expect(order({ id: cart.cart.id, token }, 0)).rejects.toMatchObject({
      code: 'orders.cart-incomplete',
      details: {
        missing: ['items', 'email', 'shippingAddress', 'shippingMethod', 'paymentMethod'],
      },
    });
  });
});
