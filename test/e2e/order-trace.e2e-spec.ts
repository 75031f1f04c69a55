import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, TraceCollector, type RunningFleet } from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { expectOneTrace } from '../support/expect-one-trace.js';
import { PushClient } from '../support/push-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { checkout, createWare, fillCart, openShop } from '../support/shop-client.js';
import { SmtpTrap } from '../support/smtp-trap.js';

const STORE = 'traces';
const SKU = 'PAD';
const EMAIL = 'ada-of-traces@example.com';
const MINUTE_MS = 60_000;
const PATIENT = { withinMs: 2 * MINUTE_MS, everyMs: 100 };

describe('the trace of an order', () => {
  let trap: SmtpTrap;
  let collector: TraceCollector;
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  const clients: PushClient[] = [];

  beforeAll(async () => {
    trap = await SmtpTrap.start();
    collector = await TraceCollector.start();
    fleet = await startFleet({
      commerce: 2,
      authoring: 2,
      env: { ...trap.env, ...collector.env, SHOP_URL: 'https://{store}.example/shop' },
      // Staff are connected to the first, jobs run on the other.
      envOf: (role, index) => (role === 'authoring' && index === 0 ? { JOBS_WORKER: 'false' } : {}),
    });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await createWare(staff, STORE, SKU, { onHand: 10 });
  });

  afterAll(async () => {
    for (const client of clients) client.close();
    await fleet?.stop();
    await collector?.stop();
    await trap?.stop();
  });

  const connect = async (url: string | undefined, auth: Readonly<Record<string, unknown>>) => {
    const client = await PushClient.connect(url ?? '', auth);
    clients.push(client);
    return client;
  };

  it(
    'leads from the checkout to its mail, to the page of the shopper and to staff, and tells of nobody',
    async () => {
      const [till, elsewhere] = fleet.commerce;
      const clerk = await connect(fleet.authoring[0]?.url, { token: staff.token });
      const shop = new ReplicaClient(till!.url);
      const items = [{ sku: SKU, quantity: 1 }];
      const { held, cart } = await fillCart(shop, STORE, items, 'invoice', EMAIL);
      const page = await connect(elsewhere?.url, { cart: held });
      await page.watch({ carts: [{ id: held.id }] });
      const { body: placed } = await checkout(shop, held, cart.total, randomUUID());
      await eventually('the page is told', () => page.toldOf(held.id).length > 0, PATIENT);
      await eventually(
        'staff are told',
        () => clerk.bodiesOf('notification').some(({ type }) => type === 'order-placed'),
        PATIENT,
      );
      await eventually('the mail is sent', () => trap.to(EMAIL).length > 0, PATIENT);
      await expectOneTrace(collector, PATIENT);

      // Nor are clients told of the trace.
      const heard = JSON.stringify([clerk.events, page.events]);
      for (const { traceId } of collector.spans) expect(heard).not.toContain(traceId);
      const told = JSON.stringify(collector.spans);
      for (const secret of [
        EMAIL,
        placed.number,
        held.id,
        held.token,
        'traces.example',
        'Bearer',
      ]) {
        expect(told).not.toContain(secret);
      }
    },
    12 * MINUTE_MS,
  );
});
