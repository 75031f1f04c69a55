import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { CardProviderStandIn, eventually, startFleet, type RunningFleet } from '#libs/testing';
import type { InvoiceAnswer } from '../../apps/authoring/src/invoices/invoice.schemas.js';
import type { InvoiceList } from '../../apps/commerce/src/invoices/invoice.schemas.js';
import type { OrderAnswer } from '../../apps/commerce/src/orders/order.schemas.js';
import { pdfText } from '../../libs/mail/test/pdf-text.js';
import { createStore } from '../support/catalog-client.js';
import { CutCheckouts } from '../support/cut-checkouts.js';
import { DatabaseView } from '../support/database-view.js';
import { expectEverythingOnce } from '../support/expect-everything-once.js';
import { OrderStaff, placeOrder } from '../support/order-staff.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, createWare, fillCart, openShop, withToken } from '../support/shop-client.js';
import { SmtpTrap, type SmtpBehaviour, type TrappedMail } from '../support/smtp-trap.js';

const STORE = 'letters';
const MINUTE_MS = 60_000;
/** The lock of a worker that was killed has to run out before another one may go on. */
const PATIENT = { withinMs: 2 * MINUTE_MS, everyMs: 100 };

describe('the mail that confirms an order', () => {
  let trap: SmtpTrap;
  let provider: CardProviderStandIn;
  let staff: ReplicaClient;
  let fleet: RunningFleet;
  let database: DatabaseView;
  let shops: ReplicaClient[];

  beforeAll(async () => {
    trap = await SmtpTrap.start();
    provider = await CardProviderStandIn.start();
    fleet = await startFleet({
      commerce: 2,
      authoring: 3,
      env: {
        ...trap.env,
        ...provider.env,
        SMTP_TIMEOUT_MS: '20000',
        SHOP_URL: 'https://{store}.example/shop',
      },
      envOf: (role, index) => (role === 'authoring' && index === 0 ? { JOBS_WORKER: 'false' } : {}),
    });
    database = await DatabaseView.open(fleet.databaseUrl);
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    shops = fleet.commerce.map(({ url }) => new ReplicaClient(url));
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await createWare(staff, STORE, 'PAD', { onHand: 10_000 });
  });

  afterAll(async () => {
    await database?.close();
    await fleet?.stop();
    await provider?.stop();
    await trap?.stop();
  });

  beforeEach(() => {
    trap.behaviour = 'take';
  });

  /** Orders as somebody of their own, so that their mail can be told apart. */
  const order = async () => {
    const email = `${randomUUID()}@example.com`;
    const { held, cart } = await fillCart(shops[0]!, STORE, [{ sku: 'PAD', quantity: 1 }]);
    const headers = withToken(held);
    await shops[0]!.expect(200, 'PATCH', `/carts/${held.id}`, { headers, body: { email } });
    const placed = await checkout(shops[0]!, held, cart.total, randomUUID());
    expect(placed.status).toBe(201);
    return { email, number: placed.body.number };
  };

  const stateOf = async (email: string): Promise<string | undefined> =>
    (
      await database.rows<{ state: string }>(sql`SELECT state FROM mail WHERE recipient = ${email}`)
    )[0]?.state;

  /** What the server has read of the one mail, however often. */
  const sentOnce = async (email: string): Promise<TrappedMail[]> => {
    await eventually('the mail is sent', async () => (await stateOf(email)) === 'sent', PATIENT);
    const mails = trap.to(email);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    return mails;
  };

  it('comes once, and its link opens the order on any replica, and no other order', async () => {
    const first = await order();
    const second = await order();
    const mails = await sentOnce(first.email);
    expect(mails).toHaveLength(1);
    const raw = mails[0]!.raw.replace(/=\r\n/g, '').replaceAll('=3D', '=');
    expect(raw).toContain(first.number);
    const link = /https:\/\/letters\.example\/shop\/orders\/T-\w+#link=([\w.-]+)/.exec(raw)?.[1];
    const look = (number: string, value: string) =>
      shops[1]!.call<OrderAnswer>('GET', `/orders/${number}`, {
        headers: { 'lockstep-order-link': value },
      });
    expect(await look(first.number, link ?? '')).toMatchObject({
      status: 200,
      body: { number: first.number, email: first.email },
    });
    const changed = `${link?.slice(0, -3) ?? ''}AAA`;
    for (const [number, value] of [
      [second.number, link],
      [first.number, changed],
      [first.number, ''],
    ] as const) {
      expect(await look(number, value ?? '')).toMatchObject({
        status: 404,
        body: { code: 'orders.order-not-found' },
      });
    }
  });

  it('is followed by an invoice when the order ships: numbered without gaps, sent once, for its owner alone', async () => {
    const orders = await Promise.all(
      Array.from({ length: 20 }, () => placeOrder(shops[0]!, STORE, [{ sku: 'PAD', quantity: 1 }])),
    );
    const desk = new OrderStaff(staff, STORE);
    const shipped = await Promise.all(orders.map(({ id }) => desk.post(id, 'shipments', 1, {})));
    expect(shipped.map(({ status }) => status)).toEqual(orders.map(() => 201));
    // Two replicas run the jobs.
    const states = () =>
      database.rows<{ state: string }>(sql`SELECT state FROM mail WHERE kind = 'invoice'`);
    await eventually(
      'the invoices are sent',
      async () => (await states()).filter(({ state }) => state === 'sent').length === 20,
      PATIENT,
    );
    const list = `/invoices?store=${STORE}&limit=50`;
    const { body: page } = await staff.expect<{ items: InvoiceAnswer[] }>(200, 'GET', list);
    const numbers = page.items.map(({ number }) => /^INV-\d{4}-(\d{5})$/.exec(number)?.[1] ?? '');
    expect(numbers.toSorted()).toEqual(
      Array.from({ length: 20 }, (_none, index) => String(index + 1).padStart(5, '0')),
    );
    expect(new Set(page.items.map(({ order: id }) => id)).size).toBe(20);

    const [mine, other] = orders;
    const opened = withToken(mine!.held);
    const path = `/orders/${mine!.number}/invoices`;
    const { body: own } = await shops[1]!.expect<InvoiceList>(200, 'GET', path, {
      headers: opened,
    });
    const [invoice] = own.items;
    expect(own.items).toMatchObject([{ kind: 'invoice', total: { amount: 1_490 } }]);
    const pdf = (url: string, headers: Readonly<Record<string, string>>) =>
      fetch(`${shops[1]!.url}/api/v1${url}`, { headers });
    const answer = await pdf(`${path}/${invoice!.id}/pdf`, opened);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="${invoice!.number}.pdf"`,
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = await pdfText(bytes);
    for (const part of [
      invoice!.number,
      mine!.number,
      'VAT 19 % of 12.52 EUR 2.38 EUR',
      'Total 14.90 EUR',
    ]) {
      expect(text).toContain(part);
    }
    // The mail brings the same file.
    const raw = trap.to(mine!.email).find((mail) => mail.raw.includes(invoice!.number))?.raw ?? '';
    const attached = /application\/pdf[\s\S]*?\r\n\r\n([\w+/=\r\n]+)\r\n--/.exec(raw)?.[1] ?? '';
    expect(Buffer.from(attached, 'base64').equals(bytes)).toBe(true);
    const html = await pdf(`${path}/${invoice!.id}/html`, opened);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await html.text()).toContain(invoice!.number);

    const strange = withToken(other!.held);
    const { body: theirs } = await shops[1]!.expect<InvoiceList>(
      200,
      'GET',
      `/orders/${other!.number}/invoices`,
      { headers: strange },
    );
    for (const [url, headers] of [
      [path, strange],
      [path, {}],
      [`${path}/${invoice!.id}/pdf`, strange],
      [`${path}/${invoice!.id}/html`, {}],
      [`${path}/${theirs.items[0]!.id}/pdf`, opened],
      [`${path}/${invoice!.id}/pdf`, { 'lockstep-order-link': 'x' }],
    ] as const) {
      const refused = await pdf(url, headers);
      expect([url, refused.status, refused.headers.get('cache-control')]).toEqual([
        url,
        404,
        'no-store',
      ]);
    }
  });

  it('comes once when Redis was away', async () => {
    await fleet.redis.kill();
    let placed: Awaited<ReturnType<typeof order>>;
    try {
      placed = await order();
      expect(trap.to(placed.email)).toEqual([]);
    } finally {
      await fleet.redis.restart({ empty: true });
    }
    expect(await sentOnce(placed.email)).toHaveLength(1);
  });

  it(
    'is sent by another replica, under the same Message-ID, when one is killed in the middle of it',
    async () => {
      trap.behaviour = 'hang';
      const { email } = await order();
      await eventually('the server has read it', () => trap.to(email).length === 1, PATIENT);
      // Of this mail: others may hang as well.
      const job = await eventually(
        'the job is under way',
        async () => {
          const [mail] = await database.rows<{ id: string }>(
            sql`SELECT id FROM mail WHERE recipient = ${email}`,
          );
          const rows = await database.rows<{ claimed_by: string }>(sql`
            SELECT claimed_by
            FROM job
            WHERE name = 'send-mail' AND state = 'active' AND payload_json LIKE ${`%${mail?.id}%`}`);
          return rows[0];
        },
        PATIENT,
      );
      const sender = fleet.authoring.find(({ replica }) => replica === job.claimed_by);
      await sender!.kill('SIGKILL');
      trap.behaviour = 'take';
      const mails = await sentOnce(email);
      expect(mails.filter(({ isAnswered }) => isAnswered)).toHaveLength(1);
    },
    8 * MINUTE_MS,
  );

  it(
    'comes to every shopper, once as far as SMTP can tell, from a server that is in trouble',
    async () => {
      const troubles: SmtpBehaviour[] = ['fail', 'drop', 'take', 'fail', 'take', 'drop'];
      const orders: { readonly email: string }[] = [];
      for (const behaviour of troubles) {
        trap.behaviour = behaviour;
        for (let count = 0; count < 4; count += 1) orders.push(await order());
      }
      trap.behaviour = 'take';
      for (const { email } of orders) {
        const mails = await sentOnce(email);
        expect(mails.filter(({ isAnswered }) => isAnswered)).toHaveLength(1);
      }
    },
    8 * MINUTE_MS,
  );

  it(
    'comes once, as the order and its payment do, when connections are cut and a replica is killed',
    async () => {
      const size = { seed: 7, checkouts: 40, shoppers: 4, kills: 1 };
      const trial = new CutCheckouts(fleet, provider, staff, { ...size, store: STORE, sku: 'PAD' });
      const settled = await trial.run();
      await expectEverythingOnce(STORE, settled, { database, provider, trap });
    },
    8 * MINUTE_MS,
  );

  it('leaves nothing of itself in the logs of a replica', () => {
    const lines = [...fleet.authoring, ...fleet.commerce].flatMap(({ logs }) => logs).join('\n');
    expect(lines).not.toMatch(/[0-9a-f-]{36}@example\.com/);
    expect(lines).not.toMatch(/#link=/);
  });
});
