import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PrimaryReader, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import type { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../../../customers/test/add-customer.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { PromotedShop } from '../../../test/promoted-shop.js';
import { OrderDirectory } from '../order.directory.js';
import { ShortStock } from './short-stock.js';
import { StaffOrderEditor } from './staff-order.editor.js';
import { StaffOrderPlanning } from './staff-order-planning.js';
import type { StaffOrder } from './staff-order.js';

const guests: StaffOrder = {
  items: [{ sku: 'PAD', quantity: 2 }],
  customerId: null,
  email: 'phone@example.com',
  coupons: [],
  shippingMethod: 'post',
  shippingAddress: someAddress,
  billingAddress: null,
  paymentMethod: 'manual',
  agreedPrices: [],
};
const cheaper = { sku: 'PAD', unitPriceMinor: 900, reason: 'a scratch' };

describeOnEachDatabase('an order that staff place for somebody', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica?.close());

  const quote = (order: StaffOrder, storeCode = shop.store.code) =>
    replica.app.get(StaffOrderPlanning).quote(storeCode, order);
  const place = (order: StaffOrder, amount: number, key: string = newId()) =>
    replica.app
      .get(StaffOrderEditor)
      .place(shop.store.code, order, { key, expectedTotal: { amount, currency: 'EUR' } });
  const orderOf = (id: string) => replica.app.get(OrderDirectory).get(shop.store.code, id);
  const database = () => replica.app.get(PrimaryReader);
  const numbers = async () => {
    const [row] = await database().query<{ orders: number; carts: number; on_hand: number }>(sql`
      SELECT
        (SELECT COUNT(*) FROM sales_order) AS orders,
        (SELECT COUNT(*) FROM cart WHERE state = 'open') AS carts,
        (SELECT SUM(s.on_hand) FROM stock_item s
          JOIN location l ON l.id = s.location_id
          WHERE l.store_id = ${shop.store.id}) AS on_hand`);
    return { orders: row?.orders ?? 0, carts: row?.carts ?? 0, onHand: row?.on_hand ?? 0 };
  };

  it('is quoted without a trace, and placed once for its key with stock, payment and mail', async () => {
    const before = await numbers();
    expect((await quote(guests)).totals.totalMinor).toBe(2_490);
    expect(await numbers()).toEqual(before);
    const key = newId();
    const first = await place(guests, 2_490, key);
    expect(await place(guests, 2_490, key)).toEqual(first);
    await expect(place(guests, 2_491, key)).rejects.toMatchObject({
      code: 'idempotency.key-reused',
    });
    const { orders, carts, onHand } = before;
    expect(await numbers()).toEqual({ orders: orders + 1, carts, onHand: onHand - 2 });
    expect(await orderOf(first.id)).toMatchObject({
      customerId: null,
      email: 'phone@example.com',
      paymentState: 'pending',
      totalMinor: 2_490,
      lines: [{ quantity: 2, unitPriceMinor: 1_000, isStockTaken: true }],
      transitions: [{ action: 'place', reason: null }],
    });
    const mails = await database().query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = 'write-order-mail'`);
    expect(mails.filter(({ payload_json: text }) => text.includes(first.id))).toHaveLength(1);
  });

  it('takes agreed prices into its totals, its history and the audit log', async () => {
    const order = { ...guests, agreedPrices: [cheaper] };
    expect((await quote(order)).totals.totalMinor).toBe(2_290);
    await expect(place(order, 2_490)).rejects.toMatchObject({ code: 'orders.total-changed' });
    const { id } = await place(order, 2_290);
    expect(await orderOf(id)).toMatchObject({
      lines: [{ unitPriceMinor: 900 }],
      transitions: [{ action: 'place', reason: 'PAD: a scratch' }],
    });
    const [audited] = await database().query<{ after_json: string }>(sql`
      SELECT after_json
      FROM audit_log
      WHERE entity = 'order' AND entity_id = ${id}`);
    expect(JSON.parse(audited?.after_json ?? '{}')).toMatchObject({
      agreedPrices: [{ ...cheaper, listedMinor: 1_000 }],
    });
    const free = { ...guests, agreedPrices: [{ ...cheaper, unitPriceMinor: 0 }] };
    expect((await quote(free)).totals.totalMinor).toBe(490);
  });

  it('belongs to its customer, whose open cart stays', async () => {
    const { id: customerId } = await addCustomer(replica.unitOfWork, shop.store);
    const held = await shop.fillOf(customerId, 'own@example.com');
    const order = { ...guests, customerId, email: null };
    const { id } = await place(order, 2_490);
    expect(await orderOf(id)).toMatchObject({ customerId });
    expect((await orderOf(id)).email).toContain('@');
    expect((await shop.look(held)).cart.state).toBe('open');
    const other = await replica.addStore();
    const { id: stranger } = await addCustomer(replica.unitOfWork, other);
    await expect(quote({ ...guests, customerId: stranger })).rejects.toMatchObject({
      code: 'customers.customer-not-found',
    });
  });

  it('claims the limits of promotions as every checkout does', async () => {
    const promotion = await shop.promote({ needsCoupon: true, useLimit: 1 });
    await shop.addCoupon(promotion, 'PHONE');
    const order = { ...guests, coupons: ['phone'] };
    const total = (await quote(order)).totals.totalMinor;
    expect(total).toBe(2_290);
    const ends = await Promise.allSettled([place(order, total), place(order, total)]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await shop.usesOf(promotion)).toBe(1);
  });

  it('is quoted with a warning for what there is less of than it would take', async () => {
    const shortOf = async (quantity: number) => {
      const priced = await quote({ ...guests, items: [{ sku: 'PAD', quantity }] });
      const short = await replica.app.get(ShortStock).ofOrder(priced);
      return priced.lines.map(({ variantId, problem }) => [short.has(variantId), problem]);
    };
    const { onHand } = await numbers();
    expect(await shortOf(onHand)).toEqual([[false, null]]);
    expect(await shortOf(onHand + 1)).toEqual([[true, null]]);
    expect(await numbers()).toMatchObject({ onHand });
  });

  it('is refused, and leaves nothing, when it lacks something or names what is not there', async () => {
    const before = await numbers();
    const refusals = [
      [{ ...guests, shippingMethod: null }, 'orders.cart-incomplete'],
      [{ ...guests, email: null }, 'orders.cart-incomplete'],
      [{ ...guests, items: [{ sku: 'NONE', quantity: 1 }] }, 'carts.items-refused'],
      [{ ...guests, agreedPrices: [{ ...cheaper, sku: 'NONE' }] }, 'carts.items-refused'],
      [{ ...guests, agreedPrices: [cheaper, cheaper] }, 'carts.items-refused'],
      [
        {
          ...guests,
          items: [...guests.items, { sku: 'PAD', quantity: 1 }],
          agreedPrices: [cheaper],
        },
        'carts.items-refused',
      ],
      [{ ...guests, coupons: ['NO-SUCH'] }, 'promotions.coupon-not-found'],
      [{ ...guests, items: [{ sku: 'PAD', quantity: 9_999 }] }, 'orders.total-changed'],
    ] as const;
    for (const [order, code] of refusals) {
      await expect(place(order, 2_490)).rejects.toMatchObject({ code });
    }
    const many = { ...guests, items: [{ sku: 'PAD', quantity: 5_000 }] };
    const { totals } = await quote(many);
    await expect(place(many, totals.totalMinor)).rejects.toMatchObject({
      code: 'inventory.not-enough',
    });
    expect(await numbers()).toEqual(before);
  });
});
