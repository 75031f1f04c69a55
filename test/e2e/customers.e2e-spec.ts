import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFleet, type RunningFleet } from '#libs/testing';
import type { CustomerAnswer } from '../../apps/authoring/src/customers/customer.schemas.js';
import type {
  OwnSessionAnswer,
  ProfileAnswer,
} from '../../apps/commerce/src/customers/customer.schemas.js';
import type { OrderSummary } from '../../apps/commerce/src/orders/order.schemas.js';
import { createStore } from '../support/catalog-client.js';
import { mailedToken, PASSWORD, register, signIn } from '../support/customer-client.js';
import { DatabaseView } from '../support/database-view.js';
import { createPromotion, lookAt } from '../support/promotion-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, createWare, fillCart, openShop } from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

const STORE = 'shop';
/** Carts a minute, for clients whose address a proxy names; the others here are exempt. */
const BOT_QUOTA = 30;

describe('customers, over several replicas', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let shops: ReplicaClient[];
  let database: DatabaseView;
  let count = 0;

  beforeAll(async () => {
    const env = { TRUSTED_PROXIES: '127.0.0.1', LIMIT_CARTS: String(BOT_QUOTA) };
    fleet = await startFleet({ commerce: 2, authoring: 1, env });
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

  const newAccount = () => {
    count += 1;
    return { store: STORE, email: `ada${count}@example.com` };
  };

  const registered = async () => {
    const account = newAccount();
    await register(shop(), database, account);
    return account;
  };

  it('registers, confirms the mailbox and signs in, on any replica', async () => {
    const account = newAccount();
    const { email } = account;
    const body = { email: `  ${email.toUpperCase()} `.trim(), password: PASSWORD, name: 'Ada' };
    await shop().expect(202, 'POST', `/stores/${STORE}/customers`, { body });
    const login = { body: { email, password: PASSWORD } };
    expect(await shop(1).call('POST', `/stores/${STORE}/sessions`, login)).toMatchObject({
      status: 403,
      body: { code: 'customers.email-unverified' },
    });
    const token = await mailedToken(database, account, 'verification');
    const verification = { body: { token } };
    const path = `/stores/${STORE}/customers/verification`;
    await shop(1).expect(204, 'POST', path, verification);
    expect(await shop().call('POST', path, verification)).toMatchObject({
      status: 422,
      body: { code: 'customers.token-invalid' },
    });
    const { client } = await signIn(shop(), account);
    for (const at of [client, client.at(shop(1).url)]) {
      const { headers, body: me } = await at.expect<ProfileAnswer>(200, 'GET', '/customers/me');
      expect(me).toMatchObject({ email, name: 'Ada', store: STORE });
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('answers a registration the same whether the address is a customer’s or not', async () => {
    const known = await registered();
    const replies = await Promise.all(
      [known, newAccount()].map(({ email }) =>
        shop(1).call('POST', `/stores/${STORE}/customers`, {
          body: { email, password: 'another pass phrase entirely', name: 'Eve' },
        }),
      ),
    );
    expect(replies.map(({ status, body }) => ({ status, body }))).toEqual(
      Array.from({ length: 2 }, () => ({ status: 202, body: { isAccepted: true } })),
    );
    const { client } = await signIn(shop(), known);
    const { body } = await client.expect<ProfileAnswer>(200, 'GET', '/customers/me');
    expect(body.name).not.toBe('Eve');
  });

  it('keeps no link that a stranger asked for once the owner of the mailbox registers', async () => {
    const account = newAccount();
    const { email } = account;
    const path = `/stores/${STORE}/customers`;
    const strangers = { email, password: 'a password of a stranger', name: 'Eve' };
    await shop().expect(202, 'POST', path, { body: strangers });
    const first = await mailedToken(database, account, 'verification');
    await register(shop(), database, account);
    expect(
      await shop().call('POST', `${path}/verification`, { body: { token: first } }),
    ).toMatchObject({ status: 422 });
    expect(
      await shop().call('POST', `/stores/${STORE}/sessions`, {
        body: { email, password: strangers.password },
      }),
    ).toMatchObject({ status: 401, body: { code: 'customers.credentials-wrong' } });
    await signIn(shop(), account);
  });

  it('sets a forgotten password by mail, once, and ends every session', async () => {
    const account = await registered();
    const { client } = await signIn(shop(), account);
    await client.at(shop(1).url).expect(200, 'GET', '/customers/me');
    const path = `/stores/${STORE}/password-resets`;
    await shop(1).expect(202, 'POST', path, { body: { email: account.email } });
    await shop(1).expect(202, 'POST', path, { body: { email: 'nobody@example.com' } });
    const token = await mailedToken(database, account, 'password-reset');
    const password = 'quite another pass phrase';
    const completion = { body: { token, password } };
    const { headers } = await shop().expect(204, 'POST', `${path}/completion`, completion);
    expect(await shop().call('POST', `${path}/completion`, completion)).toMatchObject({
      status: 422,
    });
    const position = headers.get('lockstep-position') ?? '';
    for (const at of [client, client.at(shop(1).url)]) {
      expect(await at.get('/customers/me', { 'lockstep-position': position })).toMatchObject({
        status: 401,
        body: { code: 'customers.session-expired' },
      });
    }
    await shop().expect(201, 'POST', `/stores/${STORE}/sessions`, {
      body: { email: account.email, password },
    });
  });

  it('lists one’s own sessions and ends one of them, which is heard on the other replica', async () => {
    const account = await registered();
    const { client: here, session } = await signIn(shop(), account);
    const { client: phone, session: other } = await signIn(shop(1), account);
    const { body: listed } = await here.expect<{ items: OwnSessionAnswer[] }>(
      200,
      'GET',
      '/customers/me/sessions',
    );
    expect(listed.items.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
      [session.id, true],
      [other.id, false],
    ]);
    await phone.expect(200, 'GET', '/customers/me');
    const { headers } = await here.expect(204, 'DELETE', `/customers/me/sessions/${other.id}`);
    const position = headers.get('lockstep-position') ?? '';
    expect(await phone.get('/customers/me', { 'lockstep-position': position })).toMatchObject({
      status: 401,
    });
    await here.expect(204, 'DELETE', '/customers/me/sessions/current');
    expect(await here.get('/customers/me')).toMatchObject({ status: 401 });
  });

  it('shows an order in the history of its customer at once, on every replica, and pages through it', async () => {
    const account = await registered();
    const { client } = await signIn(shop(), account);
    const numbers: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { held, cart } = await fillCart(client, STORE, [{ sku: 'PAD', quantity: 1 }]);
      const reply = await checkout(client, held, cart.total, randomUUID());
      expect(reply.status).toBe(201);
      numbers.unshift(reply.body.number);
      for (const { url } of shops) {
        const page = await client
          .at(url)
          .expect<{ items: OrderSummary[] }>(200, 'GET', '/customers/me/orders', {
            headers: { 'lockstep-position': reply.headers.get('lockstep-position') ?? '' },
          });
        expect(page.body.items.map(({ number }) => number)).toEqual(numbers);
      }
    }
    const paged = await client.listAll<OrderSummary>('/customers/me/orders', { limit: '2' });
    expect(paged.map(({ number }) => number)).toEqual(numbers);
    const path = `/customers/me/orders/${numbers[0]}`;
    expect((await client.expect<OrderSummary>(200, 'GET', path)).body.number).toBe(numbers[0]);
  });

  it('lets staff find, group and block a customer, who gets what is for the group and is signed out everywhere', async () => {
    const account = await registered();
    const { client } = await signIn(shop(), account);
    await client.at(shop(1).url).expect(200, 'GET', '/customers/me');
    const promotion = await createPromotion(staff, STORE, {
      conditions: [{ kind: 'customer-group', groups: ['trade'] }],
    });
    const { held, cart } = await fillCart(client, STORE, [{ sku: 'PAD', quantity: 1 }]);
    expect(cart.promotions).toEqual([]);
    await staff.expect(201, 'POST', `/customer-groups?store=${STORE}`, {
      body: { code: 'trade', name: 'Trade' },
    });
    const { body: found } = await staff.expect<{ items: CustomerAnswer[] }>(
      200,
      'GET',
      `/customers?store=${STORE}&email=${account.email.slice(0, -4)}`,
    );
    expect(found.items.map(({ email }) => email)).toEqual([account.email]);
    const { id, version } = found.items[0]!;
    const path = `/customers/${id}?store=${STORE}`;
    const grouped = await staff.expect<CustomerAnswer>(200, 'PATCH', path, {
      headers: ifMatch(version),
      body: { group: 'trade' },
    });
    const at = { 'lockstep-position': grouped.headers.get('lockstep-position') ?? '' };
    const { body: me } = await client.get<ProfileAnswer>('/customers/me', at);
    expect(me.group).toBe('trade');
    for (const { url } of shops) {
      const { promotions } = await lookAt(client.at(url), held, at['lockstep-position']);
      expect(promotions).toMatchObject([{ id: promotion.id, discount: { amount: 100 } }]);
    }
    const blocked = await staff.expect<CustomerAnswer>(200, 'PATCH', path, {
      headers: ifMatch(grouped.body.version),
      body: { isBlocked: true },
    });
    const position = blocked.headers.get('lockstep-position') ?? '';
    for (const replica of [client, client.at(shop(1).url)]) {
      expect(await replica.get('/customers/me', { 'lockstep-position': position })).toMatchObject({
        status: 401,
      });
    }
    expect(
      await shop().call('POST', `/stores/${STORE}/sessions`, {
        body: { email: account.email, password: PASSWORD },
      }),
    ).toMatchObject({ status: 401, body: { code: 'customers.credentials-wrong' } });
  });

  it('signs nobody out when Redis is lost, and still signs in and out', async () => {
    const account = await registered();
    const { client } = await signIn(shop(), account);
    await fleet.redis.stop();
    try {
      for (const { url } of shops) await client.at(url).expect(200, 'GET', '/customers/me');
      const { client: other } = await signIn(shop(1), account);
      await other.at(shop().url).expect(200, 'GET', '/customers/me');
      await other.expect(204, 'DELETE', '/customers/me/sessions/current');
      expect(await other.get('/customers/me')).toMatchObject({ status: 401 });
    } finally {
      await fleet.redis.restart();
    }
    for (const { url } of shops) await client.at(url).expect(200, 'GET', '/customers/me');
  });

  it('writes no secret down but the link of a mail that waits', async () => {
    const account = await registered();
    const { session } = await signIn(shop(), account);
    const stored = await database.everything({ without: ['mail'] });
    const text = JSON.stringify(stored);
    expect(text).toContain(session.id);
    expect(text).not.toContain(session.token);
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toMatch(/ls[vrs]_/);
    expect(JSON.stringify([stored['job'], stored['audit_log']])).not.toContain(account.email);
  });

  it('refuses a bot that begins carts without end, at all replicas, and nobody else', async () => {
    const beganMs = performance.now();
    const cartFor = (address: string, index: number) =>
      shop(index).call('POST', `/stores/${STORE}/carts`, {
        body: {},
        headers: { 'x-forwarded-for': address },
      });
    const rounds = 10;
    const bot: number[] = [];
    const shoppers: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [shopper, ...botAnswers] = await Promise.all([
        cartFor(`198.51.100.${round}`, round),
        ...Array.from({ length: 20 }, (_unused, index) => cartFor('192.0.2.66', index)),
      ]);
      shoppers.push(shopper.status);
      bot.push(...botAnswers.map(({ status }) => status));
    }
    const leaked = Math.ceil(((performance.now() - beganMs) / 60_000) * BOT_QUOTA);
    expect(shoppers).toEqual(Array.from({ length: rounds }, () => 201));
    // A burst faster than the replicas tell each other takes a quota from each; never more.
    const begun = bot.filter((status) => status === 201).length;
    expect(begun).toBeGreaterThanOrEqual(BOT_QUOTA);
    expect(begun).toBeLessThanOrEqual(2 * BOT_QUOTA + leaked);
    expect(new Set(bot)).toEqual(new Set([201, 429]));
  });
});
