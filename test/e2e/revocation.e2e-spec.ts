import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewApiKeyAnswer } from '../../apps/authoring/src/identity/api-key.schemas.js';
import { eventually, startFleet, type RunningFleet } from '#libs/testing';
import { MachineNoise } from '../support/machine-noise.js';
import { PushClient } from '../support/push-client.js';
import { ReplicaClient } from '../support/replica-client.js';

/** No request that begins later than this after a revocation may be let in, on whatever replica. */
const EFFECTIVE_WITHIN_MS = 1_000;
/** Two replicas, the database and this process are late one after the other on an overloaded machine. */
const NOISE_FACTOR = 8;

describe.each(['up', 'down'] as const)('revoking a credential while Redis is %s', (redis) => {
  let fleet: RunningFleet;
  let admin: ReplicaClient;

  beforeAll(async () => {
    // The bound of identity must not depend on how often the log is followed by itself.
    const env = {
      JOBS_WORKER: 'false',
      CACHE_FOLLOW_INTERVAL_MS: '50000',
      CACHE_LEASE_MS: '60000',
      CACHE_MAX_STALE_MS: '60000',
      CACHE_VERIFY_PER_SECOND: '0',
    };
    fleet = await startFleet({ commerce: 0, authoring: 2, env });
    admin = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    if (redis === 'down') await fleet.redis.kill();
  });

  afterAll(() => fleet?.stop());

  const elsewhere = (client: ReplicaClient) => client.at(fleet.authoring[1]!.url);

  /** Uses the credential until it is refused; answers how late a request was still let in. */
  async function refusedAfter(client: ReplicaClient, revokedAtMs: number) {
    let lastAdmittedMs = 0;
    const code = await eventually('a refusal', async () => {
      const beganMs = performance.now();
      const { status, body } = await client.get('/sessions/current');
      if (status === 200) lastAdmittedMs = beganMs - revokedAtMs;
      return status === 200 ? undefined : body.code;
    });
    return { code, lastAdmittedMs };
  }

  async function expectRefused(client: ReplicaClient, code: string): Promise<void> {
    const revokedAtMs = performance.now();
    const refused = await refusedAfter(elsewhere(client), revokedAtMs);
    expect(refused.code).toBe(code);
    expect(refused.lastAdmittedMs).toBeLessThan(EFFECTIVE_WITHIN_MS);
    for (const again of [client, elsewhere(client)]) {
      const { status, body } = await again.get('/sessions/current');
      expect([status, body.code]).toEqual([401, code]);
    }
  }

  /** The other replica knows the credential and answers from its memory. */
  async function used(client: ReplicaClient): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await elsewhere(client).expect(200, 'GET', '/sessions/current');
    }
  }

  it('refuses a session on the other replica within a second', async () => {
    const session = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await used(session);
    await session.expect(204, 'DELETE', '/sessions');
    await expectRefused(session, 'identity.session-expired');
  });

  it('refuses an API key on the other replica within a second', async () => {
    const { body } = await admin.expect<NewApiKeyAnswer>(201, 'POST', '/api-keys', {
      body: { name: 'test', permissions: ['jobs:job:read'] },
    });
    const key = new ReplicaClient(admin.url, body.key);
    await used(key);
    await elsewhere(key).expect(200, 'GET', '/jobs');
    await admin.expect(204, 'DELETE', `/api-keys/${body.id}`);
    await expectRefused(key, 'identity.not-authenticated');
  });

  it('closes the socket of the session at the other replica', async () => {
    const session = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    const socket = await PushClient.connect(elsewhere(session).url, { token: session.token });
    const noise = new MachineNoise();
    await session.expect(204, 'DELETE', '/sessions');
    const revokedAtMs = performance.now();
    await eventually('the end of the connection', () => !socket.isConnected, { everyMs: 5 });
    const closedAfterMs = performance.now() - revokedAtMs;
    const lateMs = NOISE_FACTOR * (await noise.stop());
    expect(socket.bodiesOf('session.ended')).toEqual([{ code: 'identity.session-expired' }]);
    expect(socket.disconnectReason).toBe('io server disconnect');
    expect(closedAfterMs).toBeLessThan(2 * EFFECTIVE_WITHIN_MS + lateMs);
  });
});
