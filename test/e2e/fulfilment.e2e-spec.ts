import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '#libs/http';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { DatabaseView } from '../support/database-view.js';
import { ledgerOf, OrderStaff, placeOrder } from '../support/order-staff.js';
import { ReplicaClient } from '../support/replica-client.js';
import { PushClient } from '../support/push-client.js';
import { createWare, openShop, stockOf } from '../support/shop-client.js';
import { SmtpTrap } from '../support/smtp-trap.js';

const STORE = 'parcels';

describe('what becomes of an order after it was placed', () => {
  let trap: SmtpTrap;
  let fleet: RunningFleet;
  let database: DatabaseView;
  let shop: ReplicaClient;
  let staff: ReplicaClient;
  let desks: OrderStaff[];

  beforeAll(async () => {
    trap = await SmtpTrap.start();
    fleet = await startFleet({ commerce: 1, authoring: 2, env: trap.env });
    database = await DatabaseView.open(fleet.databaseUrl);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shop = new ReplicaClient(fleet.commerce[0]!.url);
    desks = fleet.authoring.map(({ url }) => new OrderStaff(staff.at(url), STORE));
    await createStore(staff, STORE);
    await openShop(staff, STORE);
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
    await trap?.stop();
  });

  const desk = (index = 0): OrderStaff => desks[index % desks.length]!;

  it('goes in parcels, each of which its shopper is told of', async () => {
    await createWare(staff, STORE, 'PART');
    await createWare(staff, STORE, 'OTHER');
    const { id, number, email, held } = await placeOrder(shop, STORE, [
      { sku: 'PART', quantity: 3 },
      { sku: 'OTHER', quantity: 1 },
    ]);
    const page = await PushClient.connect(shop.url, { cart: { id: held.id, token: held.token } });
    await page.watch({ orders: [{ number }] });
    const first = await desk().post(id, 'shipments', 1, {
      items: [{ line: 1, quantity: 2 }],
      carrier: 'Swift',
      trackingNumber: 'SW-1',
      trackingUrl: 'https://swift.example/SW-1',
    });
    expect(first).toMatchObject({ status: 201, body: { state: 'partly-shipped', version: 2 } });
    await eventually('the open page is told', () => page.toldOf(number).length > 0);
    expect(page.toldOf(number)).toMatchObject([{ state: 'partly-shipped', version: 2 }]);
    page.close();
    const told = await trap.mailTo(email, 'SW-1');
    expect(told).toContain('https://swift.example/SW-1');
    expect(told).toContain('2 ×');
    for (const items of [[{ line: 1, quantity: 2 }], [{ line: 3, quantity: 1 }]]) {
      expect(await desk().post(id, 'shipments', 2, { items })).toMatchObject({
        status: 409,
        body: { code: 'orders.quantity-exceeded' },
      });
    }
    const rest = await desk().post(id, 'shipments', 2, { reason: 'the rest' });
    expect(rest).toMatchObject({ status: 201, body: { state: 'shipped', version: 3 } });
    expect(await desk(1).fulfilment(id)).toMatchObject({
      state: 'shipped',
      lines: [
        { line: 1, ordered: 3, shipped: 3, open: 0 },
        { line: 2, ordered: 1, shipped: 1, open: 0 },
      ],
      shipments: [
        { items: [{ line: 1, quantity: 2 }], carrier: 'Swift', trackingNumber: 'SW-1' },
        {
          items: [
            { line: 1, quantity: 1 },
            { line: 2, quantity: 1 },
          ],
        },
      ],
    });
    expect((await desk().order(id)).history.map(({ action }) => action)).toEqual([
      'place',
      'ship',
      'ship',
    ]);
    expect(await desk().post(id, 'shipments', 3, {})).toMatchObject({
      status: 409,
      body: { code: 'orders.action-refused' },
    });
  });

  it('never ships and cancels more than was ordered, whoever asks where at once', async () => {
    const ware = await createWare(staff, STORE, 'RACE', { onHand: 20 });
    const { id } = await placeOrder(shop, STORE, [{ sku: 'RACE', quantity: 5 }]);
    const part = { items: [{ line: 1, quantity: 1 }] };
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        desk(index).persist(id, index % 3 === 0 ? 'cancellations' : 'shipments', part),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
    const { lines, shipments } = await desk().fulfilment(id);
    const { shipped, cancelled, open } = lines[0]!;
    expect([shipped + cancelled, open]).toEqual([5, 0]);
    expect(shipments).toHaveLength(shipped);
    expect(await stockOf(staff, ware)).toBe(15 + cancelled);
    expect(await ledgerOf(database, ware)).toBe(15 + cancelled);
  });

  it('gives back the stock of what is cancelled, once, in parts and then whole', async () => {
    const ware = await createWare(staff, STORE, 'BACK', { onHand: 10 });
    const { id, email } = await placeOrder(shop, STORE, [{ sku: 'BACK', quantity: 4 }]);
    const some = { items: [{ line: 1, quantity: 1 }], reason: 'one is broken' };
    expect(await desk().post(id, 'cancellations', 1, some)).toMatchObject({
      status: 201,
      body: {
        state: 'open',
        history: [{ action: 'place' }, { action: 'cancel-items', reason: 'one is broken' }],
      },
    });
    expect(await stockOf(staff, ware)).toBe(7);
    expect(await desk().post(id, 'cancellations', 1, some)).toMatchObject({ status: 412 });
    expect(await desk().post(id, 'cancellations', 2, {})).toMatchObject({
      status: 201,
      body: { state: 'cancelled', paymentState: 'cancelled' },
    });
    expect([await stockOf(staff, ware), await ledgerOf(database, ware)]).toEqual([10, 10]);
    await trap.mailTo(email, 'was cancelled');
    expect(await desk().post(id, 'shipments', 3, {})).toMatchObject({ status: 409 });
    expect(await desk().post(id, 'cancellations', 3, {})).toMatchObject({ status: 409 });
    expect(await stockOf(staff, ware)).toBe(10);
  });

  it('pays back what was taken for cancelled pieces, and only that', async () => {
    await createWare(staff, STORE, 'PAID', { amount: 1_190 });
    const items = [{ sku: 'PAID', quantity: 3 }];
    const { id } = await placeOrder(shop, STORE, items, { paymentMethod: 'manual' });
    const act = (action: string, version: number) =>
      desk().post(id, 'actions', version, { action });
    expect(await desk().post(id, 'shipments', 1, {})).toMatchObject({ status: 409 });
    expect(await act('confirm-payment', 1)).toMatchObject({ body: { paymentState: 'paid' } });
    const some = { items: [{ line: 1, quantity: 1 }] };
    expect(await desk().post(id, 'cancellations', 2, some)).toMatchObject({
      status: 201,
      body: { state: 'open', paymentState: 'refund-due' },
    });
    const path = `/orders/${id}/payment?store=${STORE}`;
    expect((await staff.get(path)).body).toMatchObject({
      refunds: [{ amount: { amount: 1_190 } }],
    });
    expect(await desk().post(id, 'shipments', 3, {})).toMatchObject({
      status: 201,
      body: { state: 'shipped', paymentState: 'refund-due' },
    });
    expect(await act('confirm-refund', 4)).toMatchObject({
      body: { paymentState: 'part-refunded', version: 5 },
    });
  });

  it('is found by what staff know of it, page by page', async () => {
    await createWare(staff, STORE, 'DEAR', { amount: 90_000 });
    const order = await placeOrder(shop, STORE, [{ sku: 'DEAR', quantity: 1 }]);
    await placeOrder(shop, STORE, [{ sku: 'PART', quantity: 1 }]);
    const found = async (query: string) =>
      (
        await staff.expect<Page<{ id: string }>>(200, 'GET', `/orders?store=${STORE}&${query}`)
      ).body.items.map(({ id }) => id);
    for (const query of [
      `number=${order.number}`,
      `email=${order.email}`,
      'sku=DEAR',
      'minTotal=80000',
      `q=${order.number.slice(0, -1).toLowerCase()}`,
      `q=${order.email.slice(0, 20)}`,
      'q=DEAR',
      'sku=DEAR&state=open&paymentState=pending',
      'sku=DEAR&placedFrom=2020-01-01T00:00:00Z',
    ]) {
      expect([query, await found(query)]).toEqual([query, [order.id]]);
    }
    for (const query of [
      'sku=DEAR&state=shipped',
      'sku=DEAR&maxTotal=100',
      'sku=DEAR&placedUntil=2020-01-01T00:00:00Z',
      'q=%25',
    ]) {
      expect([query, await found(query)]).toEqual([query, []]);
    }
    const all = await found('limit=100');
    const query = { store: STORE, limit: '2' };
    const paged = await staff.listAll<{ id: string }>('/orders', query);
    expect(paged.map(({ id }) => id)).toEqual(all);
  });

  it('is confirmed once more when staff ask for it, and has their notes', async () => {
    const { id, email, number } = await placeOrder(shop, STORE, [{ sku: 'PART', quantity: 1 }]);
    await trap.mailTo(email, number);
    expect(await desk().post(id, 'confirmation', 1)).toMatchObject({ status: 202 });
    await eventually('it comes again', () => trap.to(email).length === 2);
    expect(new Set(trap.to(email).map(({ messageId }) => messageId)).size).toBe(2);
    const path = `/orders/${id}/notes?store=${STORE}`;
    await staff.expect(201, 'POST', path, { body: { note: 'Rings twice' } });
    expect((await staff.get(path)).body).toMatchObject({ items: [{ note: 'Rings twice' }] });
  });

  it('is nothing to staff who ask in another store', async () => {
    await createStore(staff, 'elsewhere');
    const { id } = await placeOrder(shop, STORE, [{ sku: 'PART', quantity: 1 }]);
    const stranger = new OrderStaff(staff, 'elsewhere');
    for (const [path, body] of [
      ['shipments', {}],
      ['cancellations', {}],
      ['confirmation', undefined],
      ['notes', { note: 'mine' }],
    ] as const) {
      expect([path, await stranger.post(id, path, 1, body)]).toMatchObject([
        path,
        { status: 404, body: { code: 'orders.order-not-found' } },
      ]);
    }
    expect((await staff.get(`/orders/${id}/fulfilment?store=elsewhere`)).status).toBe(404);
    expect((await desk().order(id)).state).toBe('open');
  });
});
