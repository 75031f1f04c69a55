import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import type { CreditEntryAnswer } from '../../apps/authoring/src/customers/credit.schemas.js';
import type { CustomerAnswer } from '../../apps/authoring/src/customers/customer.schemas.js';
import type { PersonalExportAnswer } from '../../apps/authoring/src/customers/personal-export.schemas.js';
import type { CartAnswer, NewCartAnswer } from '../../apps/commerce/src/carts/cart.schemas.js';
import type {
  AddressBookAnswer,
  BalanceAnswer,
  BookedAddressAnswer,
  WishListAnswer,
} from '../../apps/commerce/src/customers/customer.schemas.js';
import type { OrderSummary } from '../../apps/commerce/src/orders/order.schemas.js';
import { createStore } from '../support/catalog-client.js';
import { register, signIn } from '../support/customer-client.js';
import { DatabaseView } from '../support/database-view.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, createWare, fillCart, openShop } from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

const STORE = 'shop';
const ADDRESS = {
  name: 'Ada',
  street: 'High Street 1',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};

describe('addresses, wishes, carts and credit of a customer', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let shops: ReplicaClient[];
  let database: DatabaseView;
  let count = 0;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 2, authoring: 1 });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shops = fleet.commerce.map(({ url }) => new ReplicaClient(url));
    database = await DatabaseView.open(fleet.databaseUrl);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await createWare(staff, STORE, 'PAD', { onHand: 1_000 });
    await createWare(staff, STORE, 'DISC', { onHand: 1_000 });
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
  });

  const shop = (index = 0): ReplicaClient => shops[index % shops.length]!;

  const registered = async () => {
    count += 1;
    const account = { store: STORE, email: `ada${count}@example.com` };
    await register(shop(), database, account);
    return account;
  };

  it('keeps addresses, with one default of a kind', async () => {
    const { client } = await signIn(shop(), await registered());
    const add = async (name: string) =>
      (
        await client.expect<BookedAddressAnswer>(201, 'POST', '/customers/me/addresses', {
          body: { address: { ...ADDRESS, name }, isDefaultShipping: true },
        })
      ).body;
    const first = await add('First');
    const second = await add('Second');
    const path = `/customers/me/addresses/${first.id}`;
    expect(
      await client.call('PUT', path, {
        headers: ifMatch(first.version + 1),
        body: { address: ADDRESS },
      }),
    ).toMatchObject({ status: 412 });
    const list = async () =>
      (
        await client
          .at(shop(1).url)
          .expect<AddressBookAnswer>(200, 'GET', '/customers/me/addresses')
      ).body.items.map(({ address, isDefaultShipping }) => [address.name, isDefaultShipping]);
    expect(await list()).toEqual([
      ['First', false],
      ['Second', true],
    ]);
    await client.expect(200, 'PUT', path, {
      headers: ifMatch(first.version),
      body: { address: { ...ADDRESS, name: 'Moved' }, isDefaultShipping: true },
    });
    await client.expect(204, 'DELETE', `/customers/me/addresses/${second.id}`);
    expect(await list()).toEqual([['Moved', true]]);
  });

  it('keeps a wish list, without what the store does not sell', async () => {
    const { client } = await signIn(shop(), await registered());
    for (const sku of ['PAD', 'DISC', 'PAD']) {
      await client.expect(204, 'PUT', `/customers/me/wish-list/${sku}`);
    }
    expect(await client.call('PUT', '/customers/me/wish-list/NONE')).toMatchObject({
      status: 404,
      body: { code: 'customers.wish-unknown' },
    });
    await client.expect(204, 'DELETE', '/customers/me/wish-list/PAD');
    const { body } = await client.expect<WishListAnswer>(200, 'GET', '/customers/me/wish-list');
    expect(body.items.map(({ sku }) => sku)).toEqual(['DISC']);
  });

  const cartOf = async (client: ReplicaClient): Promise<NewCartAnswer> =>
    (await client.expect<NewCartAnswer>(201, 'POST', `/stores/${STORE}/carts`, { body: {} })).body;

  const quantities = ({ items }: CartAnswer) =>
    Object.fromEntries(items.map(({ sku, quantity }) => [sku ?? '', quantity] as const));

  it('makes one cart of many first requests of a customer', async () => {
    const { client } = await signIn(shop(), await registered());
    const carts = await Promise.all(
      Array.from({ length: 12 }, (_, index) => cartOf(client.at(shop(index).url))),
    );
    expect(new Set(carts.map(({ id }) => id)).size).toBe(1);
    expect(carts.map(({ token }) => token)).toEqual(Array.from({ length: 12 }, () => null));
  });

  it('makes the cart of a guest the customer’s at sign-in, and merges it into the one they have', async () => {
    const account = await registered();
    const { held: first } = await fillCart(shop(), STORE, [{ sku: 'PAD', quantity: 2 }]);
    const { client, session } = await signIn(shop(1), account, first);
    expect(session.cart).toEqual({ id: first.id, leftOut: [] });
    const opened = { 'lockstep-cart-token': first.token };
    expect(await shop().get(`/carts/${first.id}`, opened)).toMatchObject({ status: 404 });
    const { held: second } = await fillCart(shop(), STORE, [
      { sku: 'PAD', quantity: 3 },
      { sku: 'DISC', quantity: 1 },
    ]);
    const { session: again } = await signIn(shop(), account, second);
    expect(again.cart).toEqual({ id: first.id, leftOut: [] });
    const { body: cart } = await client.expect<CartAnswer>(200, 'GET', `/carts/${first.id}`);
    expect(quantities(cart)).toEqual({ PAD: 5, DISC: 1 });
    const stale = { 'lockstep-cart-token': second.token };
    expect(await shop().get(`/carts/${second.id}`, stale)).toMatchObject({ status: 404 });
    const { session: third } = await signIn(shop(), account, second);
    expect(third.cart).toBeNull();
  });

  it('merges the cart of a guest once, however many sign-ins bring it at the same time', async () => {
    const account = await registered();
    const { client } = await signIn(shop(), account);
    const own = await cartOf(client);
    const { held } = await fillCart(shop(), STORE, [{ sku: 'PAD', quantity: 4 }]);
    const signedIn = await Promise.all(
      Array.from({ length: 6 }, (_, index) => signIn(shop(index), account, held)),
    );
    expect(signedIn.filter(({ session }) => session.cart !== null)).toHaveLength(1);
    const { body } = await client.expect<CartAnswer>(200, 'GET', `/carts/${own.id}`);
    expect(quantities(body)).toEqual({ PAD: 4 });
  });

  it('takes orders on account up to the credit of the customer, and tells what is left of it', async () => {
    const account = await registered();
    const { client, session } = await signIn(shop(), account);
    const credit = `/customers/${session.customerId}/credit`;
    await staff.expect(200, 'PUT', `${credit}/EUR/limit?store=${STORE}`, {
      body: { limit: 2_000 },
    });
    const place = async (at: ReplicaClient) => {
      const { held, cart } = await fillCart(at, STORE, [{ sku: 'PAD', quantity: 1 }]);
      return checkout(at, held, cart.total, randomUUID());
    };
    const placed = await place(client);
    expect(placed).toMatchObject({ status: 201, body: { total: { amount: 1_490 } } });
    const refused = await place(client.at(shop(1).url));
    expect(refused).toMatchObject({ status: 409, body: { code: 'customers.credit-exceeded' } });
    const balanceOf = async () =>
      (await client.expect<BalanceAnswer>(200, 'GET', '/customers/me/balance')).body.items;
    expect(await balanceOf()).toMatchObject([{ balance: { amount: -1_490, currency: 'EUR' } }]);
    const { body: history } = await client.expect<{ items: OrderSummary[] }>(
      200,
      'GET',
      '/customers/me/orders',
    );
    expect(history.items.map(({ number }) => number)).toEqual([placed.body.number]);
    const entry = {
      headers: { 'idempotency-key': 'paid-by-transfer' },
      body: { amount: 2_000, note: 'transfer' },
    };
    const entries = `${credit}/EUR/entries?store=${STORE}`;
    for (let round = 0; round < 2; round += 1) await staff.expect(201, 'POST', entries, entry);
    expect(await balanceOf()).toMatchObject([{ balance: { amount: 510 } }]);
    const { body: listed } = await staff.expect<{ items: CreditEntryAnswer[] }>(
      200,
      'GET',
      entries,
    );
    expect(listed.items.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ['staff', 2_000],
      ['order', -1_490],
    ]);
    // With what was refused, which is still in the cart.
    expect(await place(client)).toMatchObject({ status: 201, body: { total: { amount: 2_490 } } });
    const { body: theirs } = await staff.expect<{ items: unknown[] }>(
      200,
      'GET',
      `/orders?store=${STORE}&customer=${session.customerId}`,
    );
    expect(theirs.items).toHaveLength(2);
  });

  const exportOf = async (customerId: string) => {
    const path = `/customers/${customerId}/exports`;
    const { body: wanted } = await staff.expect<PersonalExportAnswer>(
      202,
      'POST',
      `${path}?store=${STORE}`,
    );
    expect(await staff.jobEnded(wanted.jobId)).toMatchObject({ state: 'completed' });
    const exported = `${path}/${wanted.id}`;
    const { body: file } = await staff.expect<object>(
      200,
      'GET',
      `${exported}/file?store=${STORE}`,
    );
    return { exported, text: JSON.stringify(file) };
  };

  it('takes away what is known of a person, but for the orders', async () => {
    const account = await registered();
    const { client, session } = await signIn(shop(), account);
    await client.expect(201, 'POST', '/customers/me/addresses', { body: { address: ADDRESS } });
    await client.expect(204, 'PUT', '/customers/me/wish-list/PAD');
    const { held, cart } = await fillCart(client, STORE, [{ sku: 'PAD', quantity: 1 }]);
    expect((await checkout(client, held, cart.total, randomUUID())).status).toBe(201);
    const path = `/customers/${session.customerId}`;
    const { body: before } = await staff.expect<CustomerAnswer>(
      200,
      'GET',
      `${path}?store=${STORE}`,
    );
    const { text, exported } = await exportOf(session.customerId);
    const told = JSON.parse(text) as { records: { part: string }[] };
    expect(new Set(told.records.map(({ part }) => part))).toEqual(
      new Set([
        ...['profile', 'address', 'wish', 'session', 'mail', 'cart', 'order', 'orderLine'],
        ...['cartLine', 'orderTransition', 'payment', 'export'],
      ]),
    );
    expect(text).toContain(account.email);
    const { body } = await staff.expect<{ jobId: string }>(
      202,
      'POST',
      `${path}/erasure?store=${STORE}`,
      { headers: ifMatch(before.version) },
    );
    expect(await staff.jobEnded(body.jobId)).toMatchObject({ state: 'completed' });
    expect((await staff.get(`${exported}?store=${STORE}`)).status).toBe(404);
    const rows: object[] = [];
    for (const table of ['customer_address', 'wish_list_item', 'shopper_session', 'customer']) {
      const owner = table === 'customer' ? 'id' : 'customer_id';
      rows.push(
        ...(await database.rows(sql`
          SELECT *
          FROM ${sql.identifier(table)}
          WHERE ${sql.identifier(owner)} = ${session.customerId}`)),
      );
    }
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(account.email);
    const { body: theirs } = await staff.expect<{ items: unknown[] }>(
      200,
      'GET',
      `/orders?store=${STORE}&customer=${session.customerId}`,
    );
    expect(theirs.items).toHaveLength(1);
    for (const { url } of shops) {
      await eventually('the end of the session', async () => {
        const { status } = await client.at(url).get('/customers/me');
        return status === 401;
      });
    }
    // The address is free again, for somebody who registers with it.
    await register(shop(), database, account);
  });
});
