import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import {
  CardProviderStandIn,
  openDatabase,
  startFleet,
  testCards,
  type RunningFleet,
} from '#libs/testing';
import type { PaymentAnswer } from '../../apps/commerce/src/payments/payment.schemas.js';
import { createStore } from '../support/catalog-client.js';
import { CardShopper } from '../support/card-shopper.js';
import { makeDue } from '../support/due-schedule.js';
import { ReplicaClient } from '../support/replica-client.js';
import {
  checkout,
  createWare,
  fillCart,
  openShop,
  stockOf,
  withToken,
} from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

const STORE = 'cards';
const SKU = 'PAD';
const TOTAL = 2_490;

describe('orders that are paid by card', () => {
  let provider: CardProviderStandIn;
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let shop: ReplicaClient;
  let shopper: CardShopper;

  beforeAll(async () => {
    provider = await CardProviderStandIn.start();
    // The provider may take longer than any test waits.
    const env = { ...provider.env, CARD_TIMEOUT_MS: '60000' };
    fleet = await startFleet({ commerce: 2, authoring: 1, env });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shop = new ReplicaClient(fleet.commerce[0]!.url);
    shopper = new CardShopper(fleet, provider, shop, staff, STORE);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await createWare(staff, STORE, SKU, { onHand: 1_000 });
  });

  afterAll(async () => {
    await fleet?.stop();
    await provider?.stop();
  });

  it('is answered soon when the provider hangs, and paid later', async () => {
    const { held, cart } = await fillCart(shop, STORE, [{ sku: SKU, quantity: 1 }], 'card');
    provider.failNext(/POST .*payment_intents$/, 'held');
    const placed = await checkout(shop, held, cart.total, randomUUID());
    expect(placed).toMatchObject({
      status: 201,
      body: { payment: { state: 'pending', nextAction: null } },
    });
    provider.release();
    const path = `/orders/${placed.body.number}/payment`;
    expect(await shop.call('POST', path, { headers: withToken(held) })).toMatchObject({
      status: 200,
      body: { nextAction: { kind: 'confirm' } },
    });
  });

  it('goes from the cart through 3-D Secure to money that is taken', async () => {
    const order = await shopper.order(SKU);
    const back = 'https://shop.example/thanks';
    provider.confirm(order.clientSecret, testCards.secure, back);
    const path = `/orders/${order.number}/payment`;
    const proceed = () =>
      shop.call<PaymentAnswer>('POST', path, { headers: withToken(order.held) });
    const { body } = await proceed();
    expect(body).toMatchObject({ state: 'pending', nextAction: { kind: 'redirect' } });
    const url = body.nextAction?.kind === 'redirect' ? body.nextAction.url : '';
    const redirected = await fetch(url, { redirect: 'manual' });
    expect(redirected.headers.get('location')).toBe(back);
    expect(await shopper.tell('payment_intent.amount_capturable_updated', order.reference, 1)).toBe(
      200,
    );
    expect(await proceed()).toMatchObject({
      status: 200,
      body: { method: 'card', state: 'authorised', nextAction: null },
    });
    const key = randomUUID();
    const [first, again] = [
      await shopper.act(order, 'capture', {}, key),
      await shopper.act(order, 'capture', {}, key),
    ];
    expect(first).toMatchObject({ status: 200, body: { state: 'capturing' } });
    expect(again.body).toEqual(first.body);
    const captured = await shopper.until(order, 'captured', ({ state }) => state === 'captured');
    expect(captured.captured.amount).toBe(TOTAL);
    expect(await shopper.tell('payment_intent.succeeded', order.reference)).toBe(200);
    expect(await shopper.tell('payment_intent.amount_capturable_updated', order.reference)).toBe(
      200,
    );
    expect(await shopper.payment(order)).toEqual(captured);
    const { paymentState, history } = await shopper.seenByStaff(order);
    expect(paymentState).toBe('paid');
    expect(history.map(({ action }) => action)).toEqual([
      'place',
      'payment-authorised',
      'capture',
      'payment-captured',
    ]);
    expect(provider.asked(new RegExp(`POST .*${order.reference}/capture`))).toHaveLength(1);
  });

  it('takes a part of what was authorised, and gives back no more than that', async () => {
    const order = await shopper.authorised(SKU);
    expect(await shopper.act(order, 'capture', { amount: TOTAL + 1 })).toMatchObject({
      status: 409,
      body: { code: 'payments.step-refused' },
    });
    await shopper.act(order, 'capture', { amount: 2_000 });
    await shopper.until(order, 'captured', ({ state }) => state === 'captured');
    const key = randomUUID();
    const body = { kind: 'items', items: [{ line: 1, quantity: 1 }] };
    for (let times = 0; times < 2; times += 1) {
      expect(await shopper.act(order, 'refunds', body, key)).toMatchObject({ status: 201 });
    }
    expect(await shopper.act(order, 'refunds', { kind: 'amount', amount: 1_001 })).toMatchObject({
      status: 409,
      body: { code: 'payments.refund-exceeds' },
    });
    await shopper.act(order, 'refunds', { kind: 'rest' });
    const done = await shopper.until(
      order,
      'given back',
      ({ refunded }) => refunded.amount === 2_000,
    );
    expect(done.refunds.map(({ state, amount }) => [state, amount.amount])).toEqual([
      ['succeeded', 1_000],
      ['succeeded', 1_000],
    ]);
    expect(provider.account.refundsOf(order.reference)).toHaveLength(2);
    expect((await shopper.seenByStaff(order)).paymentState).toBe('refunded');
  });

  it('notes a refund that the bank sends back, so that the money can be given back otherwise', async () => {
    const order = await shopper.authorised(SKU);
    await shopper.act(order, 'capture');
    await shopper.until(order, 'captured', ({ state }) => state === 'captured');
    provider.account.areRefundsSlow = true;
    await shopper.act(order, 'refunds', { kind: 'amount', amount: 500 });
    await shopper.until(order, 'asked for', () =>
      provider.account.refundsOf(order.reference).some(({ status }) => status === 'pending'),
    );
    provider.account.areRefundsSlow = false;
    expect((await shopper.payment(order)).refundPending.amount).toBe(500);
    const [refund] = provider.account.refundsOf(order.reference);
    provider.account.endRefund(refund!.id, 'failed');
    await shopper.tell('refund.failed', refund!.id);
    expect(await shopper.payment(order)).toMatchObject({
      refundPending: { amount: 0 },
      refunded: { amount: 0 },
      refunds: [{ state: 'failed', failureCode: 'expired_or_canceled_card' }],
    });
    expect((await shopper.seenByStaff(order)).paymentState).toBe('paid');
  });

  it('lets go of what was authorised with the order', async () => {
    const order = await shopper.authorised(SKU);
    const { version } = await shopper.seenByStaff(order);
    await staff.expect(200, 'POST', `/orders/${order.id}/actions?store=${STORE}`, {
      headers: ifMatch(version),
      body: { action: 'cancel' },
    });
    await shopper.until(order, 'let go', ({ state }) => state === 'voided');
    expect(provider.account.get(order.reference).status).toBe('canceled');
    expect((await shopper.seenByStaff(order)).paymentState).toBe('cancelled');
  });

  it('gives back what a shopper pays at the moment in which the order is cancelled', async () => {
    const ware = await createWare(staff, STORE, 'LATE', { onHand: 10 });
    const order = await shopper.order('LATE');
    // The provider takes the money before it is asked to let go, and its answer says so.
    provider.account.get(order.reference).status = 'requires_capture';
    provider.account.get(order.reference).amount_capturable = TOTAL;
    provider.account.capture(order.reference);
    await staff.expect(200, 'POST', `/orders/${order.id}/actions?store=${STORE}`, {
      headers: ifMatch((await shopper.seenByStaff(order)).version),
      body: { action: 'cancel' },
    });
    await shopper.until(order, 'given back', ({ refunded }) => refunded.amount === TOTAL);
    expect(await shopper.seenByStaff(order)).toMatchObject({
      state: 'cancelled',
      paymentState: 'refunded',
    });
    expect(await stockOf(staff, ware)).toBe(10);
  });

  it('is cancelled by the shop when nothing was authorised in time, and let go of', async () => {
    const ware = await createWare(staff, STORE, 'LEFT', { onHand: 10 });
    const order = await shopper.order('LEFT');
    provider.confirm(order.clientSecret, testCards.secure);
    expect(await stockOf(staff, ware)).toBe(8);
    const database = await openDatabase(fleet.databaseUrl);
    try {
      await database.unitOfWork.run(async (tx) => {
        await tx.execute(sql`
          UPDATE sales_order
          SET placed_at = placed_at - ${2 * 3_600_000}
          WHERE id = ${order.id}`);
      });
    } finally {
      await database.close();
    }
    await makeDue(fleet.databaseUrl, 'find-unpaid-orders');
    await shopper.until(order, 'let go', ({ state }) => state === 'voided');
    expect(provider.account.get(order.reference).status).toBe('canceled');
    expect(await shopper.seenByStaff(order)).toMatchObject({
      state: 'cancelled',
      paymentState: 'cancelled',
    });
    expect(await stockOf(staff, ware)).toBe(10);
  });

  it('says that an authorisation has run out, when it is to be taken', async () => {
    const order = await shopper.authorised(SKU);
    provider.account.cancel(order.reference);
    await shopper.act(order, 'capture');
    await shopper.until(order, 'let go', ({ state }) => state === 'voided');
    expect((await shopper.seenByStaff(order)).paymentState).toBe('cancelled');
  });

  it('tells the provider what it makes of a message, and a stranger nothing of a payment', async () => {
    const order = await shopper.order(SKU);
    const url = `${fleet.commerce[0]!.url}/api/v1/payments/webhooks/card`;
    const [event] = provider.eventsOf('payment_intent.created', order.reference);
    expect(await provider.deliver(event!, url, { secret: 'whsec_another_one' })).toBe(400);
    expect(await provider.deliver({ body: '{"id":' }, url)).toBe(400);
    expect(await provider.deliver(event!, url)).toBe(200);
    const other = await shopper.order(SKU);
    for (const headers of [withToken(other.held), {}]) {
      expect(await shop.call('POST', `/orders/${order.number}/payment`, { headers })).toMatchObject(
        {
          status: 404,
          body: { code: 'orders.order-not-found' },
        },
      );
    }
  });

  it('is no way to pay where it is not configured', async () => {
    const bare = await fleet.add('commerce', {
      CARD_SECRET_KEY: undefined,
      CARD_WEBHOOK_SECRET: undefined,
    });
    const there = new ReplicaClient(bare.url);
    expect(await there.call('GET', `/stores/${STORE}/payment-methods`)).toMatchObject({
      body: { methods: ['invoice', 'manual'] },
    });
    expect(await shop.call('GET', `/stores/${STORE}/payment-methods`)).toMatchObject({
      body: { methods: ['invoice', 'manual', 'card'] },
    });
    const { held, cart } = await fillCart(shop, STORE, [{ sku: SKU, quantity: 1 }], 'card');
    expect(
      await there.call('PATCH', `/carts/${held.id}`, {
        headers: withToken(held),
        body: { paymentMethod: 'card' },
      }),
    ).toMatchObject({ status: 422, body: { code: 'payments.method-unavailable' } });
    expect(await checkout(there, held, cart.total, randomUUID())).toMatchObject({
      status: 422,
      body: { code: 'payments.method-unavailable' },
    });
    const url = `${bare.url}/api/v1/payments/webhooks/card`;
    expect(await provider.deliver({ body: '{}' }, url)).toBe(404);
    await bare.stop();
  });

  it('keeps keys and secrets out of what it logs', () => {
    const logs = [...fleet.commerce, ...fleet.authoring].flatMap(({ logs: lines }) => lines);
    const text = logs.join('\n');
    expect(logs.length).toBeGreaterThan(0);
    for (const secret of [provider.secretKey, provider.webhookSecret, '_secret_']) {
      expect(text).not.toContain(secret);
    }
  });
});
