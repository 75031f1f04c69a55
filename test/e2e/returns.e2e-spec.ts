import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFleet, type RunningFleet } from '#libs/testing';
import type { FulfilmentAnswer } from '../../apps/authoring/src/orders/fulfilment.schemas.js';
import { createStore } from '../support/catalog-client.js';
import { DatabaseView } from '../support/database-view.js';
import { ledgerOf, OrderStaff, placeOrder, type PlacedOrder } from '../support/order-staff.js';
import { ReplicaClient } from '../support/replica-client.js';
import { createWare, openShop, stockOf, withToken, type Ware } from '../support/shop-client.js';

const STORE = 'returns';

describe('what comes back of an order', () => {
  let fleet: RunningFleet;
  let database: DatabaseView;
  let shops: ReplicaClient[];
  let staff: ReplicaClient;
  let desk: OrderStaff;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 2, authoring: 1 });
    database = await DatabaseView.open(fleet.databaseUrl);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shops = fleet.commerce.map(({ url }) => new ReplicaClient(url));
    desk = new OrderStaff(staff, STORE);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
  });

  const announce = (
    { number, held }: PlacedOrder,
    quantity: number,
    { key = randomUUID(), at = 0, token = held.token } = {},
  ) =>
    shops[at]!.call<{ id: string }>('POST', `/orders/${number}/returns`, {
      headers: withToken({ ...held, token }, key),
      body: { items: [{ line: 1, quantity }], reason: 'too small' },
    });

  const step = (id: string, returnId: string, name: string, version: number, body: object) =>
    desk.post<FulfilmentAnswer>(id, `returns/${returnId}/${name}`, version, body);

  /** Four pieces, paid and shipped; the order is at its third version. */
  const shipped = async (sku: string): Promise<{ order: PlacedOrder; ware: Ware }> => {
    const ware = await createWare(staff, STORE, sku, { amount: 1_190, onHand: 10 });
    const items = [{ sku, quantity: 4 }];
    const order = await placeOrder(shops[0]!, STORE, items, { paymentMethod: 'manual' });
    await desk.post(order.id, 'actions', 1, { action: 'confirm-payment' });
    expect((await desk.post(order.id, 'shipments', 2, {})).status).toBe(201);
    return { order, ware };
  };

  it('is announced by its shopper, counted by staff, put back into stock, and paid back', async () => {
    const { order, ware } = await shipped('SHOE');
    const { status, body: announced } = await announce(order, 3);
    expect(status).toBe(201);
    expect((await desk.fulfilment(order.id)).returns).toMatchObject([
      { id: announced.id, state: 'requested', requestedBy: null, reason: 'too small' },
    ]);
    const close = { refund: true };
    expect(await step(order.id, announced.id, 'closing', 4, close)).toMatchObject({
      status: 409,
      body: { code: 'orders.action-refused' },
    });
    for (const [received, restocked] of [
      [4, 1],
      [1, 2],
    ]) {
      const items = [{ line: 1, received, restocked }];
      expect(await step(order.id, announced.id, 'receipt', 4, { items })).toMatchObject({
        status: 409,
        body: { code: 'orders.quantity-exceeded' },
      });
    }
    const receipt = { items: [{ line: 1, received: 2, restocked: 1 }] };
    expect(await step(order.id, announced.id, 'receipt', 4, receipt)).toMatchObject({
      status: 200,
      body: {
        lines: [{ shipped: 4, returned: 2 }],
        returns: [{ state: 'received', items: [{ quantity: 3, received: 2, restocked: 1 }] }],
      },
    });
    expect(await step(order.id, announced.id, 'receipt', 4, receipt)).toMatchObject({
      status: 412,
    });
    expect(await step(order.id, announced.id, 'receipt', 5, receipt)).toMatchObject({
      status: 409,
    });
    expect([await stockOf(staff, ware), await ledgerOf(database, ware)]).toEqual([7, 7]);
    expect(await step(order.id, announced.id, 'closing', 5, close)).toMatchObject({
      status: 200,
      body: { returns: [{ state: 'closed' }] },
    });
    expect((await staff.get(`/orders/${order.id}/payment?store=${STORE}`)).body).toMatchObject({
      refunds: [{ amount: { amount: 2_380 } }],
    });
    expect((await desk.order(order.id)).history.map(({ action }) => action).slice(3)).toEqual([
      'return-requested',
      'return-received',
      'return-closed',
    ]);
  });

  it('is paid back as far as staff have not done it by hand', async () => {
    const { order } = await shipped('GLOVE');
    const payment = `/orders/${order.id}/payment`;
    const byHand = { kind: 'items', items: [{ line: 1, quantity: 3 }] };
    const headers = { 'idempotency-key': randomUUID() };
    await staff.expect(201, 'POST', `${payment}/refunds?store=${STORE}`, { headers, body: byHand });
    const comeBack = async (version: number) => {
      const { body } = await announce(order, 2);
      const items = [{ line: 1, received: 2, restocked: 2 }];
      expect((await step(order.id, body.id, 'receipt', version + 1, { items })).status).toBe(200);
      const closing = await step(order.id, body.id, 'closing', version + 2, { refund: true });
      expect(closing).toMatchObject({ status: 200, body: { version: version + 3 } });
      return (await staff.get(`${payment}?store=${STORE}`)).body;
    };
    // What was paid by hand counts for the first pieces, and the last one is paid with the last.
    expect(await comeBack(4)).toMatchObject({ refunds: [{ amount: { amount: 3_570 } }] });
    expect(await comeBack(7)).toMatchObject({
      refunds: [{ amount: { amount: 3_570 } }, { amount: { amount: 1_190 } }],
    });
  });

  it('is never more than was shipped, whoever announces where at once', async () => {
    const { order } = await shipped('BOOT');
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => announce(order, 1, { at: index % 2 })),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(4);
    for (const { status, body } of replies.filter((reply) => reply.status !== 201)) {
      expect([status, body]).toMatchObject([409, { code: 'orders.quantity-exceeded' }]);
    }
    expect((await desk.fulfilment(order.id)).lines[0]).toMatchObject({ shipped: 4, returned: 4 });
  });

  it('is announced once for a key, and again after it was refused', async () => {
    const { order } = await shipped('SOCK');
    const key = randomUUID();
    const first = await announce(order, 4, { key });
    const again = await announce(order, 4, { key, at: 1 });
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    expect((await announce(order, 1)).status).toBe(409);
    const refused = await step(order.id, first.body.id, 'rejection', 4, { reason: 'worn' });
    expect(refused).toMatchObject({
      status: 200,
      body: { lines: [{ returned: 0 }], returns: [{ state: 'rejected' }] },
    });
    expect((await announce(order, 1)).status).toBe(201);
  });

  it('is nothing that a stranger, or staff of another store, can touch', async () => {
    const { order } = await shipped('HAT');
    expect(await announce(order, 1, { token: 'x'.repeat(32) })).toMatchObject({
      status: 404,
      body: { code: 'orders.order-not-found' },
    });
    const { body } = await announce(order, 1);
    await createStore(staff, 'strangers');
    const stranger = new OrderStaff(staff, 'strangers');
    for (const name of ['receipt', 'rejection', 'closing']) {
      const given = name === 'receipt' ? { items: [] } : {};
      expect(await stranger.post(order.id, `returns/${body.id}/${name}`, 4, given)).toMatchObject({
        status: 404,
        body: { code: 'orders.order-not-found' },
      });
    }
    const { order: other } = await shipped('CAP');
    expect(await step(other.id, body.id, 'rejection', 3, {})).toMatchObject({
      status: 404,
      body: { code: 'orders.return-not-found' },
    });
    expect((await desk.fulfilment(order.id)).returns).toMatchObject([{ state: 'requested' }]);
  });
});
