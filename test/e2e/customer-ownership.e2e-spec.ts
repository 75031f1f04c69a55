import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { openDatabase, startFleet, type RunningFleet } from '#libs/testing';
import type { BookedAddressAnswer } from '../../apps/commerce/src/customers/customer.schemas.js';
import { createStore } from '../support/catalog-client.js';
import { PASSWORD, register, signIn, type SignedIn } from '../support/customer-client.js';
import { DatabaseView } from '../support/database-view.js';
import { ReplicaClient, type Reply } from '../support/replica-client.js';
import { checkout, createWare, fillCart, openShop } from '../support/shop-client.js';

const STORE = 'shop';
const OTHER_STORE = 'other';
/** Stands in everything that is the owner's; no answer to anybody else may hold it. */
const MARK = 'ownermark';

const address = {
  name: MARK,
  street: `${MARK} street 1`,
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};

interface Route {
  readonly method: string;
  readonly path: string;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { security?: unknown[] }>>>>;
}

/** Every route that a customer may call with their session, as the API document names them. */
const routes: readonly Route[] = Object.entries(
  (JSON.parse(readFileSync('docs/openapi/commerce.json', 'utf8')) as Document).paths,
).flatMap(([path, operations]) =>
  Object.entries(operations)
    .filter(([, { security }]) => (security ?? []).length > 0)
    .map(([method, _operation]) => ({ method: method.toUpperCase(), path })),
);

const money = { amount: 1, currency: 'EUR' };

/** What each write needs to get past the checks of its input; a route that is missing here fails the test. */
const bodies: Readonly<Record<string, unknown>> = {
  'PATCH /customers/me': { name: 'Mallory' },
  'PUT /customers/me/password': { currentPassword: 'x', newPassword: 'a pass phrase nobody has' },
  'POST /customers/me/addresses': { address: { ...address, name: 'x', street: 'x' } },
  'PUT /customers/me/addresses/{id}': { address: { ...address, name: 'x', street: 'x' } },
  'POST /stores/{store}/carts': {},
  'POST /carts/{id}/items': { items: [{ sku: 'PAD', quantity: 1 }] },
  'PATCH /carts/{id}/items/{itemId}': { quantity: 2 },
  'PATCH /carts/{id}': { email: 'mallory@example.com' },
  'POST /carts/{id}/checkout': { expectedTotal: money },
  'POST /orders/{number}/returns': { items: [{ line: 1, quantity: 1 }] },
};

/** What a read needs to get past them. */
const queries: Readonly<Record<string, string>> = {
  'GET /stores/{store}/prices': `?products=${randomUUID()}`,
};

/** Without the id of a thing, for everybody: what answers them is nobody's. */
const forEverybody: Readonly<Record<string, number>> = {
  '/stores/{store}/carts': 201,
  '/stores/{store}/prices': 200,
};

/** Writes without a body. */
const bodiless = new Set([
  'PUT /customers/me/wish-list/{sku}',
  'PUT /carts/{id}/coupons/{code}',
  'POST /orders/{number}/payment',
]);

describe('what is a customer’s', () => {
  let fleet: RunningFleet;
  let shop: ReplicaClient;
  let database: DatabaseView;
  let owner: SignedIn;
  let stranger: SignedIn;
  let foreigner: SignedIn;
  let expired: SignedIn;
  let ended: SignedIn;
  let staffToken: string;
  let params: Readonly<Record<string, string>>;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 1, authoring: 1 });
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    staffToken = staff.token ?? '';
    shop = new ReplicaClient(fleet.commerce[0]!.url);
    database = await DatabaseView.open(fleet.databaseUrl);
    for (const store of [STORE, OTHER_STORE]) {
      await createStore(staff, store);
      await openShop(staff, store);
      await createWare(staff, store, 'PAD', { onHand: 100 });
    }
    const account = (store: string, name: string) => ({ store, email: `${name}@example.com` });
    const open = async (store: string, name: string) => {
      await register(shop, database, account(store, name));
      return signIn(shop, account(store, name));
    };
    owner = await open(STORE, MARK);
    stranger = await open(STORE, 'stranger');
    // The same person elsewhere is somebody else.
    foreigner = await open(OTHER_STORE, MARK);
    expired = await signIn(shop, account(STORE, MARK));
    ended = await signIn(shop, account(STORE, MARK));
    await ended.client.expect(204, 'DELETE', '/customers/me/sessions/current');
    const writer = await openDatabase(fleet.databaseUrl);
    await writer.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE shopper_session SET expires_at = 1 WHERE id = ${expired.session.id}`),
    );
    await writer.close();
    const { client } = owner;
    const placed = await fillCart(client, STORE, [{ sku: 'PAD', quantity: 1 }]);
    const order = await checkout(client, placed.held, placed.cart.total, randomUUID());
    const { held, cart } = await fillCart(client, STORE, [{ sku: 'PAD', quantity: 1 }]);
    await client.expect(200, 'PATCH', `/carts/${held.id}`, { body: { shippingAddress: address } });
    const added = { body: { address } };
    const { body: booked } = await client.expect<BookedAddressAnswer>(
      201,
      'POST',
      '/customers/me/addresses',
      added,
    );
    await client.expect(204, 'PUT', '/customers/me/wish-list/PAD');
    params = {
      store: STORE,
      cart: held.id,
      itemId: cart.items[0]?.id ?? '',
      number: order.body.number,
      address: booked.id,
      session: owner.session.id,
      sku: 'PAD',
      code: 'X',
    };
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
  });

  const call = async (route: Route, token: string | null): Promise<Reply<unknown>> => {
    const { method } = route;
    const path = route.path.replace('/api/v1', '');
    const id = path.startsWith('/carts')
      ? params['cart']
      : path.includes('/sessions')
        ? params['session']
        : params['address'];
    const filled = path.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
      name === 'id' ? (id ?? '') : (params[name] ?? ''),
    );
    const body = bodies[`${method} ${path}`];
    const query = queries[`${method} ${path}`] ?? '';
    const reply = await shop.call<unknown>(method, `${filled}${query}`, {
      token,
      headers: { 'idempotency-key': randomUUID(), 'if-match': '"1"' },
      ...(body === undefined ? {} : { body }),
    });
    // Nothing on the way keeps what is somebody's own, nor that there is none.
    const kept = reply.headers.get('cache-control');
    expect({ ...route, kept }).toEqual({ ...route, kept: 'no-store' });
    return reply;
  };

  const tellsNothing = ({ body }: Reply<unknown>) =>
    expect(JSON.stringify(body) ?? '').not.toContain(MARK);

  it('is asked for by every route that takes a session, each with what gets past its checks', () => {
    const writes = routes
      .filter(({ method }) => !['GET', 'DELETE'].includes(method))
      .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
    expect(writes.length).toBeGreaterThan(8);
    expect(writes.filter((route) => !(route in bodies) && !bodiless.has(route))).toEqual([]);
  });

  it('is refused without a session, and with one that has expired, was ended, or is of staff', async () => {
    for (const route of routes) {
      const isOpenToGuests = !route.path.includes('/customers/me');
      for (const [name, token] of [
        ['none', null],
        ['expired', expired.session.token],
        ['ended', ended.session.token],
        ['made up', `${owner.session.token.slice(0, -1)}!`],
        ['of staff', staffToken],
      ] as const) {
        const reply = await call(route, token);
        const guest = forEverybody[route.path.replace('/api/v1', '')] ?? 404;
        const status = name === 'none' && isOpenToGuests ? guest : 401;
        expect({ ...route, name, status: reply.status }).toEqual({ ...route, name, status });
        tellsNothing(reply);
      }
    }
  });

  it('is not found by another customer, and by a customer of another store', async () => {
    for (const route of routes) {
      const path = route.path.replace('/api/v1', '');
      // Without the id of a thing a route answers what is the caller's own.
      const isOwn = path.startsWith('/customers/me') && !/\{(id|number)\}/.test(path);
      if (path.includes('/sessions/current')) continue;
      for (const { session } of [stranger, foreigner]) {
        const reply = await call(route, session.token);
        const told = JSON.stringify(reply.body) ?? '';
        if (isOwn || path in forEverybody) {
          expect(told).not.toContain(`${MARK} street`);
          expect(told).not.toContain(params['number']);
          expect(told).not.toContain(params['cart']);
        } else {
          const found = { ...route, status: reply.status };
          expect(found).toEqual({ ...route, status: 404 });
          tellsNothing(reply);
        }
      }
    }
  });

  it('is unchanged after all of that, and found by its owner', async () => {
    const { client } = owner;
    for (const path of [
      '/customers/me',
      '/customers/me/addresses',
      `/carts/${params['cart']}`,
      `/orders/${params['number']}`,
      `/customers/me/orders/${params['number']}`,
    ]) {
      const { body } = await client.expect<unknown>(200, 'GET', path);
      expect(JSON.stringify(body)).toContain(path.includes('order') ? params['number'] : MARK);
    }
    await signIn(shop, { store: STORE, email: `${MARK}@example.com` });
  });

  it('signs nobody in at another store, with whatever password', async () => {
    const body = { email: 'stranger@example.com', password: PASSWORD };
    expect(await shop.call('POST', `/stores/${OTHER_STORE}/sessions`, { body })).toMatchObject({
      status: 401,
      body: { code: 'customers.credentials-wrong' },
    });
  });
});
