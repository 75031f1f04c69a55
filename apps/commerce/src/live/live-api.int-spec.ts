import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CustomerCarts } from '#libs/carts';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { RequestLimits } from '#libs/limits';
import type { WatchedThing } from '#libs/push';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { endSessionsOf } from '../../../../libs/customers/src/model/end-sessions.js';
import { OrderLinks } from '../../../../libs/orders/src/model/links/order-links.js';
import { OrderMoves } from '../../../../libs/orders/src/model/order-moves.js';
import { LiveWatches } from '../../../../libs/push/src/live/live-watches.js';
import { LiveShop } from '../../../../test/support/live-shop.js';
import type { PushClient } from '../../../../test/support/push-client.js';
import { publishAsStranger } from '../../../../test/support/push-stranger.js';

describeOnEachDatabase('what shoppers are told over sockets', (open) => {
  let live: LiveShop;
  let a: LiveShop['a'];
  let b: LiveShop['b'];

  beforeAll(async () => {
    live = await LiveShop.start(open);
    ({ a, b } = live);
  });

  afterEach(() => live.disconnectAll());

  afterAll(() => live?.stop());

  const stateOf = (things: readonly WatchedThing[] | string, id: string) =>
    typeof things === 'string' ? things : things.find((thing) => thing.id === id)?.state;

  /** Writes on the first replica until the second one has heard from it. */
  const expectHint = async (topic: string, write: () => Promise<unknown>) => {
    const hinted = jest.spyOn(b.get(LiveWatches, { strict: false }), 'touch');
    await eventually('a hint crosses', async () => {
      await write();
      return hinted.mock.calls.some(([touched]) => touched === topic);
    });
    hinted.mockRestore();
  };

  describe('the handshake', () => {
    it('is refused without a credential, with a made-up one, and with the token of another cart', async () => {
      const [cart, other] = [await live.newCart(), await live.newCart()];
      expect(await live.outcome(a, {})).toBe('push.token-missing');
      expect(await live.outcome(a, { token: 'lss_nonsense' })).toBe('push.token-missing');
      expect(await live.outcome(a, { cart: { id: 'x', token: 'y' } })).toBe('push.token-missing');
      expect(await live.outcome(a, { cart: { id: cart.id, token: other.token } })).toBe(
        'carts.cart-not-found',
      );
      expect(await live.outcome(a, { cart })).toBe('connected');
    });

    it('is refused with a session that has ended, and for a customer who is blocked', async () => {
      const [ended, blocked] = [await live.signIn(), await live.signIn()];
      await live.write((tx) => endSessionsOf(tx, ended.id, Date.now()));
      await live.block(blocked.id);
      expect(await live.outcome(b, { token: ended.token })).toBe('customers.session-expired');
      expect(await live.outcome(b, { token: blocked.token })).toBe('customers.session-expired');
    });

    it('leaves no place for one guest after twenty, nor for a network after two hundred', async () => {
      const cart = await live.newCart();
      await Promise.all(Array.from({ length: 20 }, () => live.connect(a, { cart })));
      expect(await live.outcome(a, { cart })).toBe('push.too-many-connections');
      const others = await Promise.all(Array.from({ length: 9 }, () => live.newCart()));
      await Promise.all(
        others.flatMap((other) =>
          Array.from({ length: 20 }, () => live.connect(a, { cart: other })),
        ),
      );
      expect(await live.outcome(a, { cart: await live.newCart() })).toBe(
        'push.too-many-connections',
      );
    });
  });

  describe('a cart', () => {
    it('that changes on the other replica is told to its guest, and to nobody else', async () => {
      const [cart, foreign] = [await live.newCart(), await live.newCart()];
      const guest = await live.connect(b, { cart });
      const stranger = await live.connect(b, { cart: foreign });
      expect(stateOf(await guest.watch({ carts: [{ id: cart.id }] }), cart.id)).toEqual({
        version: 1,
      });
      expect(await stranger.watch({ carts: [{ id: cart.id }] })).toEqual([
        { kind: 'cart', id: cart.id, state: null },
      ]);
      await live.change(cart, 'one@example.com');
      await eventually('it is told', () => guest.toldOf(cart.id).length > 0);
      expect(guest.toldOf(cart.id)).toEqual([{ version: 2 }]);
      expect(JSON.stringify(guest.events)).not.toContain('one@example.com');
      expect(stranger.events).toEqual([]);
    });

    it('of a customer is told on every device of theirs', async () => {
      const { token, owner } = await live.signIn();
      const carts = a.get(CustomerCarts, { strict: false });
      const { cart } = await carts.ensure(await live.sight(), owner);
      const devices = await Promise.all([live.connect(a, { token }), live.connect(b, { token })]);
      for (const device of devices) await device.watch({ carts: [{ id: cart.id }] });
      await live.change({ id: cart.id, token: '', customer: owner }, 'x@example.com');
      for (const device of devices) {
        await eventually('it is told', () => device.toldOf(cart.id).length > 0);
      }
    });

    it('is told by a hint from the other replica, before anybody looks by himself', async () => {
      const cart = await live.newCart();
      await expectHint(`cart:${cart.id}`, () => live.change(cart, `${newId()}@example.com`));
    });

    it("that becomes a customer's ends the connection of the guest who held it", async () => {
      const { cart, guest } = await live.watchedCart();
      const { owner } = await live.signIn();
      await live.write((tx) =>
        a.get(CustomerCarts, { strict: false }).adopt(tx, cart, owner, null),
      );
      await eventually('it is closed', () => !guest.isConnected);
      expect(guest.bodiesOf('session.ended')).toEqual([{ code: 'carts.cart-not-found' }]);
    });

    it.each([
      ['its token is another one', sql`token_hash = 'rotated'`],
      ['it has expired', sql`expires_at = 1`],
    ])(
      'whose guest holds it no longer, since %s, is not told, and the connection ends',
      async (_why, to) => {
        const { cart, guest } = await live.watchedCart();
        await live.write(async (tx) => {
          await tx.execute(sql`UPDATE cart SET version = version + 1, ${to} WHERE id = ${cart.id}`);
          tx.touch(`cart:${cart.id}`);
        });
        await eventually('it is closed', () => !guest.isConnected);
        expect(guest.toldOf(cart.id).filter((state) => state !== null)).toEqual([]);
      },
    );
  });

  describe('an order', () => {
    const wishOf = ({ number, token }: { number: string; token: string }) => ({
      orders: [{ number, token }],
    });
    it('that staff move is told though no hint of it arrives', async () => {
      const order = await live.placed();
      const guest = await live.connect(b, { cart: await live.newCart() });
      const things = await guest.watch(wishOf(order));
      expect(stateOf(things, order.number)).toMatchObject({ state: 'open', version: 1 });
      await live.cancel(order.id);
      await eventually('it is told', () => guest.toldOf(order.number).length > 0);
      expect(guest.toldOf(order.number)).toMatchObject([{ state: 'cancelled' }]);
    });

    it('that moves is hinted at', async () => {
      const { id, number } = await live.placed();
      const placing = { action: 'place', reason: null } as const;
      const moves = a.get(OrderMoves, { strict: false });
      await expectHint(`order:${number}`, () =>
        live.write((tx) => moves.follow(tx, id, 'pending', placing)),
      );
    });

    it('opens to its token, its link and its customer, and to nothing else', async () => {
      const [order, others] = [await live.placed(), await live.placed()];
      const owned = await live.placed();
      const { id: customerId, token } = await live.signIn();
      await live.write((tx) =>
        tx.execute(sql`UPDATE sales_order SET customer_id = ${customerId} WHERE id = ${owned.id}`),
      );
      const link = await live.write((tx) => live.shop.app.get(OrderLinks).sign(tx, order.id));
      const guest = await live.connect(a, { cart: await live.newCart() });
      const customer = await live.connect(b, { token });
      const states = async (client: PushClient, wish: Readonly<Record<string, string>>) => {
        const things = await client.watch({ orders: [wish] });
        return typeof things === 'string' ? things : things.map(({ state }) => state !== null);
      };
      const [number, foreign] = [order.number, others.number];
      expect(await states(guest, { number, token: order.token })).toEqual([true]);
      expect(await states(guest, { number, link })).toEqual([true]);
      expect(await states(customer, { number: owned.number })).toEqual([true]);
      expect(await states(guest, { number })).toEqual([false]);
      expect(await states(guest, { number, token: others.token })).toEqual([false]);
      expect(await states(guest, { number: foreign, link })).toEqual([false]);
      expect(await states(guest, { number: owned.number, token: owned.token })).toEqual([false]);
      expect(await states(customer, { number: foreign })).toEqual([false]);
    });
  });

  describe('the stock of a product', () => {
    it('is told when shoppers see something else, once, however often it changes meanwhile', async () => {
      const ids = await live.addProduct();
      const { productId, variantId } = ids;
      const guest = await live.connect(b, { cart: await live.newCart() });
      const things = await guest.watch({ products: [productId] });
      expect(stateOf(things, productId)).toEqual({ availability: { [variantId]: 'in-stock' } });
      await live.setStock(ids, 1, 7);
      await live.setStock(ids, 2, 0);
      await eventually('it is told', () => guest.toldOf(productId).length > 0);
      expect(guest.toldOf(productId)).toEqual([{ availability: { [variantId]: 'out-of-stock' } }]);
    });

    it('of another store is not there', async () => {
      const { productId } = await live.addProduct();
      const elsewhere = await live.shop.replica.addStore({ code: `s${newId().slice(-8)}` });
      const guest = await live.connect(b, { cart: await live.newCart(elsewhere) });
      expect(await guest.watch({ products: [productId] })).toEqual([
        { kind: 'product', id: productId, state: null },
      ]);
    });
  });

  describe('a client that wants too much', () => {
    it('is told so, and goes on as before', async () => {
      const { cart, guest } = await live.watchedCart();
      const products = Array.from({ length: 300 }, newId);
      expect(await guest.watch({ products })).toBe('push.too-many-watches');
      expect(await guest.watch({ rooms: ['cart:1'] })).toBe('push.watch-invalid');
      expect(await guest.watch(null)).toBe('push.watch-invalid');
      await live.change(cart, 'still@example.com');
      await eventually('it is told', () => guest.toldOf(cart.id).length > 0);
    });

    it('in one message of a thousand is cut off', async () => {
      const guest = await live.connect(b, { cart: await live.newCart() });
      const products = Array.from({ length: 1_000 }, newId);
      await expect(guest.watch({ products })).rejects.toThrow('disconnected');
    });

    it('and never stops asking is cut off', async () => {
      const guest = await live.connect(b, { cart: await live.newCart() });
      for (let count = 0; count < 70; count += 1) guest.send('watch');
      await eventually('it is closed', () => !guest.isConnected);
    });
  });

  describe('a connection', () => {
    it.each([
      ['its session', (id: string) => live.write((tx) => endSessionsOf(tx, id, Date.now()))],
      ['the right of its customer', (id: string) => live.block(id)],
    ])('ends with %s', async (_what, end) => {
      const { token, id } = await live.signIn();
      const client = await live.connect(b, { token });
      await end(id);
      await eventually('the connection is closed', () => !client.isConnected);
      expect(client.bodiesOf('session.ended')).toEqual([{ code: 'customers.session-expired' }]);
    });

    it('is told nothing that only Redis says', async () => {
      const { cart, guest } = await live.watchedCart();
      const before = await live.ignored();
      await publishAsStranger(a, `cart:${cart.id}`, 'touched');
      await eventually('it is counted', async () => (await live.ignored()) - before >= 5);
      await live.change(cart, 'own@example.com');
      await eventually('its own event arrives', () => guest.toldOf(cart.id).length > 0);
      expect(guest.events).toHaveLength(1);
      expect(guest.isConnected).toBe(true);
    });

    it('ends, and none begins, while live push is switched off', async () => {
      const cart = await live.newCart();
      const guest = await live.connect(b, { cart });
      await live.switchPush(false);
      await eventually('it is closed', () => !guest.isConnected);
      expect(guest.bodiesOf('session.ended')).toEqual([{ code: 'push.switched-off' }]);
      expect(await live.outcome(a, { cart })).toBe('push.switched-off');
      await live.switchPush(true);
      await eventually(
        'it is on again',
        async () => (await live.outcome(b, { cart })) === 'connected',
      );
    });
  });

  // From here on Redis goes away.
  it.each([
    ['frozen', async () => live.redis.freeze()],
    ['gone', () => live.redis.kill()],
  ])('tells of what other replicas do while Redis is %s', async (_state, takeAway) => {
    const { cart, guest } = await live.watchedCart();
    await takeAway();
    await live.change(cart, 'dark@example.com');
    await eventually('it is told', () => guest.toldOf(cart.id).length > 0);
    expect(guest.toldOf(cart.id)).toEqual([{ version: 2 }]);
  });

  // The last one: the address of all clients has had its share.
  it('refuses connections of an address that has asked for too much', async () => {
    const cart = await live.newCart();
    const client = { address: '127.0.0.1', credential: undefined };
    const limits = a.get(RequestLimits);
    // Room for another one comes back while it asks, but not as quickly as it asks.
    await eventually('a refusal', async () => {
      while (limits.take('reads', client)?.isAdmitted === true);
      // Before Socket.IO begins, so there is no code.
      return (await live.outcome(a, { cart })) === 'websocket error';
    });
    expect(await live.outcome(b, { cart })).toBe('connected');
  });
});
