import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PushAuthoringModule } from '#authoring/push';
import { SharedCache } from '#libs/cache';
import { UnitOfWork } from '#libs/database';
import { loadConfig } from '#libs/config';
import { Doctor, DoctorModule, FleetInspector } from '#libs/fleet';
import { newId, systemClock } from '#libs/kernel';
import { createLogger, Metrics } from '#libs/observability';
import { attachPush, PushModule } from '#libs/push';
import { RedisConnections, RedisNames, type RedisUser } from '#libs/redis';
import {
  clusterProblem,
  describeOnEachDatabase,
  eventually,
  startRedisCluster,
  type ClusterFixture,
  type DatabaseFixture,
} from '#libs/testing';
import { IdentityApiModule } from '../../apps/authoring/src/identity/identity-api.module.js';
import { FleetLevels } from '../../libs/limits/src/fleet-levels.js';
import { countJob, JobsFixture } from '../support/jobs-fixture.js';
import { PushClient } from '../support/push-client.js';
import { createClusterUsers, refusals } from '../support/redis-users.js';
import { startStaffReplica, type StaffReplica } from '../support/staff-replica.js';

const problem = await clusterProblem();
const note = problem === undefined ? '' : ` (skipped: ${problem})`;
const PREFIX = 'lockstep';
const MINUTE_MS = 60_000;

/** Every part of Lockstep that uses Redis, on a Redis Cluster, as the user of its role. */
(problem === undefined ? describe : describe.skip)(`on a Redis Cluster${note}`, () => {
  let cluster: ClusterFixture;

  beforeAll(async () => {
    cluster = await startRedisCluster();
  });

  afterAll(() => cluster?.stop());

  const allRefusals = async () =>
    (await Promise.all(cluster.nodes.map((node) => refusals(node)))).filter((text) => text !== '');

  describe.each(['pubsub', 'streams'] as const)('with push over %s', (adapter) => {
    describeOnEachDatabase('two replicas', (open) => {
      let database: DatabaseFixture;
      let urls: Readonly<Record<RedisUser, string>>;
      let a: StaffReplica;
      let b: StaffReplica;

      beforeAll(async () => {
        database = await open();
        urls = await createClusterUsers(cluster, PREFIX, adapter);
        const start = (name: string) =>
          startStaffReplica({
            name,
            redisUrl: urls.authoring,
            databaseUrl: database.url,
            modules: [PushModule, PushAuthoringModule, IdentityApiModule, DoctorModule],
            configure: attachPush,
            env: {
              PUSH_ADAPTER: adapter,
              // Redis is always there; a busy machine may be late.
              REDIS_COMMAND_TIMEOUT_MS: '10000',
              // What arrives has been announced: the log is not followed by itself meanwhile.
              CACHE_FOLLOW_INTERVAL_MS: '50000',
              CACHE_LEASE_MS: '60000',
              CACHE_VERIFY_PER_SECOND: '0',
            },
          });
        a = await start('a');
        b = await start('b');
        await eventually('all are connected', () =>
          [a, b].every(({ app }) =>
            [...app.get(RedisConnections).states().values()].every(
              ({ status }) => status === 'connected',
            ),
          ),
        );
      });

      afterAll(async () => {
        await Promise.all([a?.stop(), b?.stop()]);
        await database?.remove();
      });

      it('hear what the other has committed, and answer what it asks', async () => {
        const received = async () => {
          const { body } = await b.app.get(Metrics).render();
          return Number(/^lockstep_cache_received_total\S* (\d+)/m.exec(body)?.[1] ?? 0);
        };
        const before = await received();
        await a.app.get(UnitOfWork).run(async (tx) => tx.invalidate('thing:1'));
        await eventually('it is heard', async () => (await received()) > before);
        // Who is asked has a second to answer.
        const asked = await eventually('it answers', () =>
          a.app.get(FleetInspector).inspect('b', 'none', 'nothing'),
        );
        expect(asked).toEqual({ isRegionKnown: false });
      });

      it('share values, series and locks of every part of the cache', async () => {
        const schema = z.strictObject({ of: z.string() });
        const regionOf = ({ app }: StaffReplica) =>
          app.get(SharedCache).region({ name: `values-${adapter}`, schema });
        const [one, other] = [regionOf(a), regionOf(b)];
        const keys = Array.from({ length: 64 }, () => newId());
        for (const key of keys) {
          expect(await one.put(key, { of: key })).toMatchObject({ outcome: 'stored' });
        }
        for (const key of keys) expect((await other.get(key))?.value).toEqual({ of: key });
        const sizes = await Promise.all(cluster.nodes.map(({ cli }) => cli('DBSIZE')));
        expect(sizes.filter((size) => Number(size) > 0).length).toBeGreaterThanOrEqual(6);
        const taken = await one.lock(keys[0]!, { leaseMs: MINUTE_MS });
        expect(taken.state).toBe('held');
        expect((await other.lock(keys[0]!, { leaseMs: MINUTE_MS })).state).toBe('taken');
        const seriesOf = ({ app }: StaffReplica) =>
          app.get(SharedCache).series({
            name: `series-${adapter}`,
            ttlMs: MINUTE_MS,
            maxMembers: 10,
          });
        await seriesOf(a).replace('x', [
          { score: 1, text: 'first' },
          { score: 2, text: 'second' },
        ]);
        expect(await seriesOf(b).latest('x')).toEqual(['second', 'first']);
      });

      it('push to clients of the other', async () => {
        const token = await a.signIn();
        const { body } = await a.call<{ user: { id: string } }>('GET', '/sessions/current', {
          token,
        });
        const client = await PushClient.connect(b.url, { token });
        try {
          await eventually('it arrives', async () => {
            await a.app
              .get(UnitOfWork)
              .run(async (tx) =>
                tx.notify(`user:${body.user.id}`, { type: 'crossed', payload: {} }),
              );
            return client.bodiesOf('notification').length > 0;
          });
        } finally {
          client.close();
        }
      });

      it('are found healthy by the doctor, node by node', async () => {
        // A node that is starved for a moment, on a busy machine, is none of the cluster, and the doctor says so.
        await eventually('every node is found', async () => {
          const findings = await a.app.get(Doctor).examine();
          const ofRedis = findings.filter(({ check }) => check.startsWith('redis'));
          expect(ofRedis.map(({ check, status, found }) => [check, status, found])).toEqual([
            ['redis cluster', 'ok', '3 masters, 3 replicas'],
            ['redis policy', 'ok', 'noeviction (each of 6 nodes)'],
            ['redis eviction', 'ok', 'nothing was evicted (each of 6 nodes)'],
            ...cluster.nodes.map(() => [
              'redis memory',
              'warning',
              expect.stringMatching(/^127\.0\.0\.1:\d+: maxmemory is not set$/),
            ]),
          ]);
          return true;
        });
        const { body } = await a.app.get(Metrics).render();
        for (const { port } of cluster.nodes) {
          expect(body).toContain(`lockstep_redis_evicted_keys{node="127.0.0.1:${port}"`);
        }
      });

      it('are refused nothing', async () => {
        expect(await allRefusals()).toEqual([]);
      });
    });
  });

  describeOnEachDatabase('jobs', (open) => {
    let fixture: JobsFixture;

    beforeEach(async () => {
      fixture = await JobsFixture.create(open);
    });

    afterEach(() => fixture.remove());

    it('are handed over by commerce and run by authoring, each once', async () => {
      const urls = await createClusterUsers(cluster, PREFIX);
      fixture.handle = fixture.count;
      const commerce = await fixture.start({ role: 'commerce', redisUrl: urls.commerce });
      await fixture.start({ redisUrl: urls.authoring });
      const ids: string[] = [];
      for (let job = 0; job < 20; job += 1) {
        ids.push(await commerce.enqueue(countJob, { counter: 'all' }));
      }
      await eventually('all are done', async () =>
        (await Promise.all(ids.map((id) => commerce.isIn(id, 'completed')))).every(Boolean),
      );
      expect(await fixture.counter('all')).toBe(20);
      expect(await fixture.redis.cli('DBSIZE')).toBe('0');
      expect(await allRefusals()).toEqual([]);
    });
  });

  it('limits are counted together, however many clients ask', async () => {
    const urls = await createClusterUsers(cluster, PREFIX);
    // What is counted is looked at, not how soon a busy machine does.
    const env = { REDIS_URL: urls.commerce, REDIS_COMMAND_TIMEOUT_MS: '10000' };
    const config = loadConfig(env, 'commerce').redis;
    const connections = new RedisConnections({
      config,
      replicaId: 'c1',
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
    });
    try {
      const client = connections.open('commands');
      await eventually('connected', () => client.status === 'ready');
      const levels = new FleetLevels(
        client,
        new RedisNames({ channelPrefix: PREFIX, isCluster: true }),
      );
      // Two of one a minute take two minutes to leak out: longer than any machine takes to add them twice.
      const shares = Array.from({ length: 500 }, (_unused, index) => ({
        key: `reads:${index}`,
        quota: 1,
        count: 2,
      }));
      await levels.add(shares);
      const told = await levels.add(shares);
      expect(told).toHaveLength(500);
      for (const level of told) expect(level).toBeGreaterThan(2);
      expect(await allRefusals()).toEqual([]);
    } finally {
      await connections.onApplicationShutdown();
    }
  });
});
