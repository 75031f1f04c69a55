import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import type { CustomerAnswer } from '../../apps/authoring/src/customers/customer.schemas.js';
import { createStore } from '../support/catalog-client.js';
import { register, signIn } from '../support/customer-client.js';
import { DatabaseView } from '../support/database-view.js';
import { ReplicaClient } from '../support/replica-client.js';
import { ifMatch } from '../support/staff-accounts.js';

/** No request that begins later than this after a session has ended may be let in, on whatever replica. */
const EFFECTIVE_WITHIN_MS = 1_000;
const STORE = 'shop';
const ACCOUNTS = ['signs-out', 'is-blocked'].map((name) => ({
  store: STORE,
  email: `${name}@example.com`,
}));

describe.each(['up', 'down'] as const)('the end of a session while Redis is %s', (redis) => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;

  beforeAll(async () => {
    // The bound of sessions must not depend on how often the log is followed by itself.
    const env = {
      CACHE_FOLLOW_INTERVAL_MS: '50000',
      CACHE_LEASE_MS: '60000',
      CACHE_MAX_STALE_MS: '60000',
      CACHE_VERIFY_PER_SECOND: '0',
    };
    fleet = await startFleet({ commerce: 2, authoring: 1, env });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    const database = await DatabaseView.open(fleet.databaseUrl);
    const shop = new ReplicaClient(fleet.commerce[0]!.url);
    for (const account of ACCOUNTS) await register(shop, database, account);
    await database.close();
    if (redis === 'down') await fleet.redis.kill();
  });

  afterAll(() => fleet?.stop());

  const replicas = (client: ReplicaClient) => fleet.commerce.map(({ url }) => client.at(url));

  /** Signs in, and lets every replica answer from its memory. */
  async function used(index: number): Promise<ReplicaClient> {
    const shop = new ReplicaClient(fleet.commerce[0]!.url);
    const { client } = await signIn(shop, ACCOUNTS[index]!);
    for (const replica of replicas(client)) {
      for (let turn = 0; turn < 3; turn += 1) await replica.expect(200, 'GET', '/customers/me');
    }
    return client;
  }

  /** Uses the session until it is refused, and expects that no late request was let in. */
  async function expectRefused(client: ReplicaClient, endedAtMs: number): Promise<void> {
    for (const replica of replicas(client)) {
      let lastAdmittedMs = 0;
      const code = await eventually('a refusal', async () => {
        const beganMs = performance.now();
        const { status, body } = await replica.get('/customers/me');
        if (status === 200) lastAdmittedMs = beganMs - endedAtMs;
        return status === 200 ? undefined : body.code;
      });
      expect(code).toBe('customers.session-expired');
      expect(lastAdmittedMs).toBeLessThan(EFFECTIVE_WITHIN_MS);
    }
  }

  it('counts on the other replica within a second when its shopper signs out', async () => {
    const client = await used(0);
    await client.expect(204, 'DELETE', '/customers/me/sessions/current');
    await expectRefused(client, performance.now());
  });

  it('counts on every replica within a second when staff block the customer', async () => {
    const client = await used(1);
    const { email } = ACCOUNTS[1]!;
    const { body } = await staff.expect<{ items: CustomerAnswer[] }>(
      200,
      'GET',
      `/customers?store=${STORE}&email=${email}`,
    );
    const { id, version } = body.items[0]!;
    await staff.expect(200, 'PATCH', `/customers/${id}?store=${STORE}`, {
      headers: ifMatch(version),
      body: { isBlocked: true },
    });
    await expectRefused(client, performance.now());
  });
});
