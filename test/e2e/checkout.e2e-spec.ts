import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFleet, type RunningFleet } from '#libs/testing';
import type { OrderAnswer as StaffOrder } from '../../apps/authoring/src/orders/order.schemas.js';
import type { OrderAnswer } from '../../apps/commerce/src/orders/order.schemas.js';
import type { CartAnswer } from '../../apps/commerce/src/carts/cart.schemas.js';
import { amountsOf, changingShop, recalculated } from '../support/changing-shop.js';
import { createStore, setPrice } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import {
  checkout,
  createWare,
  fillCart,
  openShop,
  stockOf,
  withToken,
  type HeldCart,
} from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

const STORE = 'shop';
const CHANGING = 'changing';

interface ListedOrders {
  readonly items: readonly { readonly id: string; readonly number: string }[];
}

describe('from a cart to an order, over several replicas', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let shops: ReplicaClient[];

  beforeAll(async () => {
    // Many write at once: on a slow machine the last of them waits for long.
    const env = { JOBS_WORKER: 'false', MAX_TRANSACTION_MS: '60000' };
    fleet = await startFleet({ commerce: 4, authoring: 1, env });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shops = fleet.commerce.map(({ url }) => new ReplicaClient(url));
    await createStore(staff, STORE);
    await openShop(staff, STORE);
  });

  afterAll(() => fleet?.stop());

  const shop = (index = 0): ReplicaClient => shops[index % shops.length]!;

  const orders = async (): Promise<ListedOrders['items']> =>
    (await staff.expect<ListedOrders>(200, 'GET', `/orders?store=${STORE}&limit=100`)).body.items;

  it('takes an order that adds up, and shows it to its owner on another replica', async () => {
    const ware = await createWare(staff, STORE, 'PAD', { amount: 1_999, onHand: 5 });
    const { held, cart } = await fillCart(shop(), STORE, [{ sku: 'PAD', quantity: 2 }]);
    expect(cart).toMatchObject({
      items: [{ sku: 'PAD', quantity: 2, unitPrice: { amount: 1_999 }, total: { amount: 3_998 } }],
      total: { amount: 4_488, currency: 'EUR' },
      taxes: [{ code: 'vat', ratePpm: 190_000, amount: { amount: 716 } }],
    });
    const { subtotal, discount, shipping, tax, total } = cart;
    expect(subtotal.amount - discount.amount + shipping.amount + tax.amount).toBe(total.amount);
    const placed = await checkout(shop(1), held, cart.total, randomUUID());
    expect(placed).toMatchObject({ status: 201, body: { total: cart.total } });
    expect(placed.headers.get('cache-control')).toBe('no-store');
    const { body } = await shop(2).expect<OrderAnswer>(
      200,
      'GET',
      `/orders/${placed.body.number}`,
      { headers: withToken(held) },
    );
    expect(body).toMatchObject({
      number: expect.stringMatching(/^T-[0-9A-Z]{9}$/),
      state: 'open',
      paymentState: 'pending',
      items: [{ sku: 'PAD', quantity: 2, total: { amount: 3_998 } }],
      total: cart.total,
    });
    expect(await stockOf(staff, ware)).toBe(3);
  });

  it('sells the last ten pieces ten times, whoever asks where', async () => {
    const PARALLEL = 400;
    const ware = await createWare(staff, STORE, 'LAST', { onHand: 10 });
    const before = (await orders()).length;
    const carts: Awaited<ReturnType<typeof fillCart>>[] = [];
    // What is to happen at once are the checkouts: a slow machine may ask some of 400 writers of carts to come again.
    while (carts.length < PARALLEL) {
      const some = Array.from({ length: 40 }, (_, index) =>
        fillCart(shop(index), STORE, [{ sku: 'LAST', quantity: 1 }]),
      );
      carts.push(...(await Promise.all(some)));
    }
    const replies = await Promise.all(
      carts.map(({ held, cart }, index) =>
        checkout(shop(index + 1), held, cart.total, randomUUID()),
      ),
    );
    const placed = replies.filter(({ status }) => status === 201);
    expect(placed).toHaveLength(10);
    expect(new Set(placed.map(({ body }) => body.number)).size).toBe(10);
    for (const { status, body } of replies.filter((reply) => reply.status !== 201)) {
      expect(status).toBe(409);
      expect((body as unknown as { code: string }).code).toMatch(
        /^(inventory\.not-enough|orders\.items-unavailable)$/,
      );
    }
    expect(await stockOf(staff, ware)).toBe(0);
    expect((await orders()).length - before).toBe(10);
  });

  it('places an order once, however often and wherever the request is repeated', async () => {
    const ware = await createWare(staff, STORE, 'ONCE', { onHand: 100 });
    const { held, cart } = await fillCart(shop(), STORE, [{ sku: 'ONCE', quantity: 1 }]);
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => checkout(shop(index), held, cart.total, key)),
    );
    const numbers = replies.filter(({ status }) => status === 201).map(({ body }) => body.number);
    expect(new Set(numbers).size).toBe(1);
    for (const { status, headers } of replies.filter((reply) => reply.status !== 201)) {
      expect(status).toBe(409);
      expect(headers.get('retry-after')).not.toBeNull();
    }
    const again = await checkout(shop(3), held, cart.total, key);
    expect(again).toMatchObject({ status: 201, body: { number: numbers[0] } });
    const other = { ...cart.total, amount: cart.total.amount + 1 };
    expect(await checkout(shop(), held, other, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.key-reused' },
    });
    expect(await checkout(shop(), held, cart.total, randomUUID())).toMatchObject({
      status: 409,
      body: { code: 'carts.cart-ordered' },
    });
    expect(await stockOf(staff, ware)).toBe(99);
  });

  it('never charges another total than the one that was confirmed', async () => {
    const ware = await createWare(staff, STORE, 'DEAR', { amount: 1_000 });
    const { held, cart } = await fillCart(shop(), STORE, [{ sku: 'DEAR', quantity: 1 }]);
    const { store, productId: id, variantId } = ware;
    const priced = { store, id, variantId, slug: 'dear', version: 1, priceVersion: 1 };
    const { position } = await setPrice(staff, priced, 1_200);
    const refused = await shop(1).call('POST', `/carts/${held.id}/checkout`, {
      headers: { ...withToken(held, randomUUID()), 'lockstep-position': position },
      body: { expectedTotal: cart.total },
    });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'orders.total-changed',
        total: { amount: 1_690, currency: 'EUR' },
        changes: [{ sku: 'DEAR', change: { before: { amount: 1_000 }, after: { amount: 1_200 } } }],
      },
    });
    const { body: now } = await shop(2).expect<CartAnswer>(200, 'GET', `/carts/${held.id}`, {
      headers: { ...withToken(held), 'lockstep-position': position },
    });
    expect(now.items[0]?.change).toMatchObject({ kind: 'price', after: { amount: 1_200 } });
    expect(await checkout(shop(), held, now.total, randomUUID())).toMatchObject({ status: 201 });
  });

  it('validates in the database what it planned from memory', async () => {
    const ware = await createWare(staff, STORE, 'RACE', { amount: 1_000, onHand: 1_000 });
    const { store, productId: id, variantId } = ware;
    let priced = { store, id, variantId, slug: 'race', version: 1, priceVersion: 1 };
    let amount = 1_000;
    let isOver = false;
    const changes = (async () => {
      while (!isOver) {
        amount = amount === 1_000 ? 2_000 : 1_000;
        priced = (await setPrice(staff, priced, amount)).product;
      }
    })();
    const placed: { held: HeldCart; confirmed: number; number: string }[] = [];
    for (let round = 0; round < 25; round += 1) {
      const { held, cart } = await fillCart(shop(round), STORE, [{ sku: 'RACE', quantity: 1 }]);
      const reply = await checkout(shop(round + 1), held, cart.total, randomUUID());
      expect([201, 409]).toContain(reply.status);
      if (reply.status !== 201) continue;
      placed.push({ held, confirmed: cart.total.amount, number: reply.body.number });
    }
    isOver = true;
    await changes;
    expect(placed.length).toBeGreaterThan(0);
    for (const { held, confirmed, number } of placed) {
      const { body } = await shop().expect<OrderAnswer>(200, 'GET', `/orders/${number}`, {
        headers: withToken(held),
      });
      expect(body.total.amount).toBe(confirmed);
      expect(body.items[0]?.unitPrice.amount).toBe(confirmed - 490);
    }
  });

  it('charges what was confirmed and adds up, while price, tax, promotion and stock change', async () => {
    await createStore(staff, CHANGING);
    await openShop(staff, CHANGING);
    const ware = await createWare(staff, CHANGING, 'MOVES', { onHand: 4_000 });
    const change = await changingShop(staff, ware);
    let isOver = false;
    const changes = (async () => {
      for (let round = 1; !isOver; round += 1) await change(round);
    })();
    const confirmed: { held: HeldCart; amount: number; number: string }[] = [];
    const shopper = async (index: number): Promise<void> => {
      for (let round = 0; round < 8; round += 1) {
        const wanted = [{ sku: 'MOVES', quantity: 2 }];
        const { held, cart } = await fillCart(shop(index + round), CHANGING, wanted);
        const reply = await checkout(shop(index + round + 1), held, cart.total, randomUUID());
        expect([201, 409]).toContain(reply.status);
        if (reply.status !== 201) continue;
        confirmed.push({ held, amount: cart.total.amount, number: reply.body.number });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => shopper(index)));
    isOver = true;
    await changes;
    expect(confirmed.length).toBeGreaterThan(0);
    for (const { held, amount, number } of confirmed) {
      const headers = withToken(held);
      const { body } = await shop().expect<OrderAnswer>(200, 'GET', `/orders/${number}`, {
        headers,
      });
      expect(body.total.amount).toBe(amount);
      expect(amountsOf(body)).toEqual(recalculated(body));
    }
  });

  it('takes orders while Redis is away', async () => {
    await createWare(staff, STORE, 'CALM', { onHand: 5 });
    const { held, cart } = await fillCart(shop(), STORE, [{ sku: 'CALM', quantity: 1 }]);
    await fleet.redis.stop();
    try {
      expect(await checkout(shop(1), held, cart.total, randomUUID())).toMatchObject({
        status: 201,
      });
    } finally {
      await fleet.redis.restart();
    }
  });

  it('tells a stranger nothing, of a cart and of an order', async () => {
    await createWare(staff, STORE, 'MINE');
    const { held, cart } = await fillCart(shop(), STORE, [{ sku: 'MINE', quantity: 1 }]);
    const { body } = await checkout(shop(), held, cart.total, randomUUID());
    const { held: stranger } = await fillCart(shop(), STORE, [{ sku: 'MINE', quantity: 1 }]);
    for (const headers of [withToken(stranger), {}, { 'lockstep-cart-token': 'x'.repeat(500) }]) {
      const path = `/carts/${held.id}`;
      expect(await shop().call('GET', path, { headers })).toMatchObject({
        status: 404,
        body: { code: 'carts.cart-not-found' },
      });
      expect(await shop().call('GET', `/orders/${body.number}`, { headers })).toMatchObject({
        status: 404,
        body: { code: 'orders.order-not-found' },
      });
      expect(
        await shop().call('POST', `${path}/checkout`, {
          headers: { ...headers, 'idempotency-key': randomUUID() },
          body: { expectedTotal: cart.total },
        }),
      ).toMatchObject({ status: 404 });
    }
  });

  it('lets staff confirm, ship and cancel, and gives back the stock of what is cancelled', async () => {
    const ware = await createWare(staff, STORE, 'BACK', { onHand: 3 });
    const { held, cart } = await fillCart(shop(), STORE, [{ sku: 'BACK', quantity: 2 }]);
    const { body: placed } = await checkout(shop(), held, cart.total, randomUUID());
    const act = (action: string, version: number) =>
      staff.call<StaffOrder>('POST', `/orders/${placed.id}/actions?store=${STORE}`, {
        headers: ifMatch(version),
        body: { action, reason: 'asked for it' },
      });
    expect(await stockOf(staff, ware)).toBe(1);
    expect(await act('confirm-refund', 1)).toMatchObject({
      status: 409,
      body: { code: 'orders.action-refused' },
    });
    expect(await act('confirm-payment', 1)).toMatchObject({
      status: 200,
      body: { paymentState: 'paid', version: 2 },
    });
    expect(await act('cancel', 1)).toMatchObject({ status: 412 });
    expect(await act('cancel', 2)).toMatchObject({
      status: 200,
      body: {
        state: 'cancelled',
        paymentState: 'refund-due',
        history: [
          { action: 'place', actor: null },
          { action: 'confirm-payment' },
          { action: 'cancel', reason: 'asked for it' },
        ],
      },
    });
    expect(await stockOf(staff, ware)).toBe(3);
    expect(await act('ship', 3)).toMatchObject({ status: 409 });
  });
});
