import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { StoreSettingsEditor } from '#authoring/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../../catalog/test/catalog-drafts.js';
import type { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../../../customers/test/add-customer.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { PromotedShop } from '../../../test/promoted-shop.js';
import { OrderDirectory } from '../order.directory.js';
import { ShortStock } from '../placing/short-stock.js';
import { StaffOrderEditor } from '../placing/staff-order.editor.js';
import { OrderEditEditor } from './order-edit.editor.js';
import { OrderEditPlanning } from './order-edit-planning.js';
import type { OrderEdit } from './order-edit.js';

const way = { countries: [], freeFromMinor: {} };
const place = { location: 'main', address: { ...someAddress, street: 'Shop Street 9' } };

describeOnEachDatabase('an order that is edited when something else has changed', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
    shop = await PromotedShop.open(replica);
    const prices = [{ currency: 'EUR', amountMinor: 300, compareAtMinor: null }];
    const stock = { onHand: 5, isTracked: true, allowsBackorder: false };
    await replica.saveMany(shop.store, [
      productDraft('bolt', { variants: [variantDraft({ sku: 'BOLT', prices, stock })] }),
    ]);
    await replica.app.get(StoreSettingsEditor).replace(shop.store.code, 'sales', 1, {
      orderNumberPrefix: '',
      allowedCountries: [],
      shippingMethods: [
        { ...way, code: 'post', name: 'Post', pricesMinor: { EUR: 490 } },
        { ...way, code: 'fetched', name: 'Fetched', pricesMinor: {}, pickUp: place },
      ],
    });
  });

  afterAll(() => replica?.close());

  const orderOf = (id: string) => replica.app.get(OrderDirectory).get(shop.store.code, id);
  const two = async (customerId: string | null = null) => {
    const order = {
      items: [{ sku: 'PAD', quantity: 2 }],
      customerId,
      email: 'phone@example.com',
      coupons: [],
      shippingMethod: 'post',
      shippingAddress: someAddress,
      billingAddress: null,
      paymentMethod: 'manual' as const,
      agreedPrices: [],
    };
    const request = { key: newId(), expectedTotal: { amount: 2_490, currency: 'EUR' } };
    return (await replica.app.get(StaffOrderEditor).place(shop.store.code, order, request)).id;
  };
  const edit = (id: string, changes: Partial<OrderEdit>, amount: number, version = 1) =>
    replica.app
      .get(OrderEditEditor)
      .edit(
        { storeCode: shop.store.code, id },
        { agreedPrices: [], reason: 'she called', ...changes },
        { key: newId(), version, expectedTotal: { amount, currency: 'EUR' } },
      );

  it('is sent to the buyer once it is no longer fetched, and not to the shop', async () => {
    const id = await two();
    await edit(id, { shippingMethod: 'fetched' }, 2_000);
    expect((await orderOf(id)).shippingAddress.street).toBe('Shop Street 9');
    const sent = { shippingMethod: 'post' };
    await expect(edit(id, sent, 2_490, 2)).rejects.toMatchObject({
      code: 'orders.cart-incomplete',
      details: { missing: ['shippingAddress'] },
    });
    await edit(id, { ...sent, shippingAddress: someAddress }, 2_490, 2);
    expect((await orderOf(id)).shippingAddress.street).toBe(someAddress.street);
  });

  it('keeps what was ordered when its SKU is another one by now', async () => {
    const id = await two();
    const rename = (from: string, to: string) =>
      replica.unitOfWork.run((tx) =>
        tx.execute(sql`
        UPDATE product_variant
        SET sku = ${to}
        WHERE store_id = ${shop.store.id} AND sku = ${from}`),
      );
    const [before] = (await orderOf(id)).lines;
    await rename('PAD', 'PAD-OLD');
    await rename('BOLT', 'PAD');
    try {
      const moved = { ...someAddress, street: 'Fourth Street 4' };
      await edit(id, { shippingAddress: moved }, 2_490);
    } finally {
      await rename('PAD', 'BOLT');
      await rename('PAD-OLD', 'PAD');
    }
    const { variantId } = before!;
    expect((await orderOf(id)).lines).toMatchObject([{ variantId, quantity: 2 }]);
  });

  it('is neither quoted nor changed for what could not be ordered, or for nothing', async () => {
    const id = await two();
    const quoted = (changes: Partial<OrderEdit>) =>
      replica.app
        .get(OrderEditPlanning)
        .quote(
          { storeCode: shop.store.code, id },
          { agreedPrices: [], reason: 'she called', ...changes },
        );
    await expect(quoted({ shippingMethod: 'balloon' })).rejects.toMatchObject({
      code: 'orders.cart-incomplete',
      details: { missing: ['shippingMethod'] },
    });
    expect((await quoted({})).planned.totalMinor).toBe(2_490);
    await expect(edit(id, {}, 2_490)).rejects.toMatchObject({
      code: 'orders.action-refused',
      details: { because: 'nothing-changed' },
    });
    expect((await orderOf(id)).version).toBe(1);
  });

  it('is quoted with a warning for what it would take too much of, beside what it has', async () => {
    const bolts = async (id: string, quantity: number) => {
      const items = [
        { sku: 'PAD', quantity: 2 },
        { sku: 'BOLT', quantity },
      ];
      const quoted = await replica.app
        .get(OrderEditPlanning)
        .quote(
          { storeCode: shop.store.code, id },
          { agreedPrices: [], items, reason: 'she called' },
        );
      const short = await replica.app.get(ShortStock).ofEdit(quoted);
      return quoted.priced.lines.map(({ variantId }) => short.has(variantId));
    };
    const id = await two();
    expect(await bolts(id, 5)).toEqual([false, false]);
    expect(await bolts(id, 6)).toEqual([false, true]);
    await edit(id, { items: [{ sku: 'BOLT', quantity: 4 }] }, 1_690);
    expect(await bolts(id, 5)).toEqual([false, false]);
    expect(await bolts(id, 6)).toEqual([false, true]);
    await edit(id, { items: [{ sku: 'PAD', quantity: 2 }] }, 2_490, 2);
  });

  it('takes no more of what is no longer counted, so that no more is given back than was taken', async () => {
    const id = await two();
    const isTracked = (is: boolean) =>
      replica.unitOfWork.run((tx) =>
        tx.execute(sql`
        UPDATE stock_item
        SET is_tracked = ${Number(is)}
        WHERE variant_id IN (
          SELECT id
          FROM product_variant
          WHERE store_id = ${shop.store.id} AND sku = 'PAD'
        )`),
      );
    await isTracked(false);
    try {
      await expect(edit(id, { items: [{ sku: 'PAD', quantity: 3 }] }, 3_490)).rejects.toMatchObject(
        { code: 'orders.action-refused', details: { because: 'stock-no-longer-counted' } },
      );
    } finally {
      await isTracked(true);
    }
    await edit(id, { items: [{ sku: 'PAD', quantity: 3 }] }, 3_490);
  });

  it('stays as it is once prices of the store say otherwise whether tax is in them', async () => {
    const id = await two();
    const settings = replica.app.get(StoreSettingsEditor);
    const { pricesIncludeTax } = await orderOf(id);
    const rules = { defaultCountry: null, categories: ['standard'], zones: [], rates: [] };
    const { code } = shop.store;
    await settings.replace(code, 'tax', 0, { ...rules, pricesIncludeTax: !pricesIncludeTax });
    const moved = { shippingAddress: { ...someAddress, street: 'Fifth Street 5' } };
    try {
      await expect(edit(id, moved, 2_490)).rejects.toMatchObject({
        code: 'orders.action-refused',
        details: { because: 'tax-display-changed' },
      });
    } finally {
      await settings.replace(code, 'tax', 1, { ...rules, pricesIncludeTax });
    }
    await edit(id, moved, 2_490);
  });

  it('is not written for a person who is erased while it is worked out', async () => {
    const { id: customerId } = await addCustomer(replica.unitOfWork, shop.store);
    const id = await two(customerId);
    const planning = replica.app.get(OrderEditPlanning);
    const plan = planning.plan.bind(planning);
    planning.plan = async (...given) => {
      const planned = await plan(...given);
      await replica.unitOfWork.run((tx) =>
        tx.execute(sql`
        UPDATE customer
        SET erased_at = 2
        WHERE id = ${customerId}`),
      );
      return planned;
    };
    try {
      await expect(edit(id, { items: [{ sku: 'PAD', quantity: 3 }] }, 3_490)).rejects.toMatchObject(
        {
          code: 'customers.customer-not-found',
        },
      );
    } finally {
      planning.plan = plan;
    }
    expect((await orderOf(id)).version).toBe(1);
  });
});
