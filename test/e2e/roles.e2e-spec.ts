import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startFleet, type RunningFleet, type RunningReplica } from '#libs/testing';
import { createProduct, createStore, storefrontPath } from '../support/catalog-client.js';
import { placeOrder } from '../support/order-staff.js';
import { PushClient } from '../support/push-client.js';
import { createRedisUsers, refusals } from '../support/redis-users.js';
import { ReplicaClient } from '../support/replica-client.js';
import { createWare, openShop } from '../support/shop-client.js';

const STORE = 'roles';
const ID = '01900000-0000-7000-8000-000000000000';

const BACK_OFFICE: readonly (readonly [string, string])[] = [
  ['POST', '/sessions'],
  ['GET', '/users'],
  ['GET', '/roles'],
  ['POST', '/api-keys'],
  ['GET', '/audit-log'],
  ['GET', '/stores'],
  ['POST', '/stores'],
  ['POST', '/products'],
  ['PATCH', `/products/${ID}`],
  ['POST', '/categories'],
  ['POST', '/imports'],
  ['GET', '/jobs'],
  ['GET', '/schedules'],
  ['GET', '/notifications'],
  ['GET', '/fleet'],
  ['GET', '/cache'],
  ['POST', '/cache/invalidate'],
];

const STOREFRONT: readonly (readonly [string, string])[] = [
  ['GET', `/stores/${STORE}/categories`],
  ['GET', `/stores/${STORE}/products`],
  ['GET', `/stores/${STORE}/products/disc`],
  ['GET', `/stores/${STORE}/products/disc/related`],
  ['POST', `/stores/${STORE}/carts`],
];

describe('the two roles', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;
  let path: string;

  beforeAll(async () => {
    const env = { CHANNEL_PREFIX: 'roles' };
    let users: Awaited<ReturnType<typeof createRedisUsers>>;
    fleet = await startFleet({
      commerce: 2,
      authoring: 1,
      env,
      redisUrl: async (redis) => {
        users = await createRedisUsers(redis, env.CHANNEL_PREFIX);
        return users.authoring;
      },
      envOf: (role, index) => ({
        REDIS_URL: users[role],
        // The balancer of this test looks at readiness all the time, where the machine lets it.
        ...(role === 'commerce' && index === 0 && { DRAIN_DELAY_MS: '5000' }),
      }),
    });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    path = storefrontPath((await createProduct(staff, STORE, 'disc')).product);
  });

  afterAll(() => fleet?.stop());

  it('keep the back office out of a commerce replica, whoever asks', async () => {
    const commerce = staff.at(fleet.commerce[0]!.url);
    for (const [method, route] of BACK_OFFICE) {
      const { status, body } = await commerce.call(method, route);
      const answer = `${method} ${route}: ${status} ${body.code}`;
      expect(answer).toMatch(/: (404 http.route-not-found|405 http.method-not-allowed)$/);
    }
    const { token } = staff;
    await PushClient.connect(staff.url, { token }).then((client) => client.close());
    await expect(PushClient.connect(commerce.url, { token })).rejects.toMatchObject({
      data: { code: 'push.token-missing' },
    });
  });

  it('keep the storefront out of an authoring replica', async () => {
    for (const [method, route] of STOREFRONT) {
      const { status, body } = await staff.call(method, route);
      expect([method, route, status, body.code]).toEqual([
        method,
        route,
        404,
        'http.route-not-found',
      ]);
    }
  });

  it('name their routes in the API document, each its own only', async () => {
    const pathsOf = async ({ url }: RunningReplica) => {
      const document = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object };
      return Object.keys(document.paths);
    };
    const [commerce, authoring] = [
      await pathsOf(fleet.commerce[0]!),
      await pathsOf(fleet.authoring[0]!),
    ];
    expect(commerce).toContain('/api/v1/stores/{store}/products');
    expect(authoring).toContain('/api/v1/imports');
    const shared = commerce.filter((each) => each.startsWith('/api/') && authoring.includes(each));
    expect(shared.filter((each) => !/^\/api\/v1\/stores\/\{\w+\}$/.test(each))).toEqual([]);
  });

  it('do their work with the least rights in Redis: staff hear of an order that was placed', async () => {
    await openShop(staff, STORE);
    await createWare(staff, STORE, 'RIGHTS', { amount: 1_000, onHand: 3 });
    const listener = await PushClient.connect(staff.url, { token: staff.token });
    const shop = new ReplicaClient(fleet.commerce[0]!.url);
    const { number } = await placeOrder(shop, STORE, [{ sku: 'RIGHTS', quantity: 1 }]);
    await eventually('staff are told', () =>
      listener
        .bodiesOf('notification')
        .some(({ payload }) => JSON.stringify(payload).includes(number)),
    );
    listener.close();
    // The mail that the order leaves: handed over by commerce, run by authoring.
    await eventually(
      'the jobs are over',
      async () => {
        const { body } = await staff.get<{ items: { state: string }[] }>('/jobs?limit=100');
        return body.items.length > 0 && body.items.every(({ state }) => state === 'completed');
      },
      { withinMs: 120_000, everyMs: 100 },
    );
    expect(await fleet.redis.cli('CLIENT', 'LIST')).toMatch(/user=commerce/);
  });

  it('lose no request when a replica is asked to stop under load', async () => {
    const [leaving, staying] = fleet.commerce;
    let inRotation: readonly RunningReplica[] = [leaving!, staying!];
    let isOver = false;
    const answered = new Map<RunningReplica, number>();
    const failures: string[] = [];

    /** What a load balancer does: a replica that says it is not ready gets no further request. */
    const watchReadiness = async (): Promise<void> => {
      while (!isOver) {
        const checks = [leaving!, staying!].map(async (replica) => {
          const ready = await fetch(`${replica.url}/health/ready`).catch(() => undefined);
          return ready?.status === 200 ? [replica] : [];
        });
        inRotation = (await Promise.all(checks)).flat();
        await nextTurn();
      }
    };
    const shopper = async (offset: number): Promise<void> => {
      for (let turn = offset; !isOver; turn += 1) {
        const replica = inRotation[turn % inRotation.length];
        if (replica === undefined) throw new Error('no replica is ready');
        try {
          const { status } = await new ReplicaClient(replica.url).get(path);
          if (status !== 200) failures.push(`${replica.replica}: ${status}`);
          answered.set(replica, (answered.get(replica) ?? 0) + 1);
        } catch (error) {
          failures.push(`${replica.replica}: ${String(error)}`);
        }
      }
    };
    const load = [watchReadiness(), ...Array.from({ length: 8 }, (_, index) => shopper(index))];
    try {
      await eventually('both are busy', () =>
        [leaving!, staying!].every((replica) => (answered.get(replica) ?? 0) > 100),
      );
      expect(await leaving!.stop()).toEqual({ code: 0, signal: null });
      const before = answered.get(staying!) ?? 0;
      await eventually('the other goes on', () => (answered.get(staying!) ?? 0) > before + 100);
    } finally {
      isOver = true;
      await Promise.all(load);
    }
    expect(failures).toEqual([]);
  });

  it('were refused nothing in Redis meanwhile', async () => {
    expect(await refusals(fleet.redis)).toBe('');
  });
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
