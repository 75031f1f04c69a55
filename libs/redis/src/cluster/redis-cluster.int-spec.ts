import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig, type RedisConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import {
  clusterProblem,
  eventually,
  inOwnTime,
  startRedis,
  startRedisCluster,
  type ClusterFixture,
  type RedisFixture,
} from '#libs/testing';
import { REDIS_PURPOSES, type ConnectionPurpose } from '../connection-options.js';
import { RedisConnections } from '../redis-connections.js';
import { redisHome } from '../redis-home.js';
import { RedisNames, SHARED_PARTITIONS } from '../redis-names.js';
import { hashSlot } from './hash-slot.js';

const problem = await clusterProblem();
const describeIfThere = problem === undefined ? describe : describe.skip;
const note = problem === undefined ? '' : ` (skipped: ${problem})`;

const COMMAND_TIMEOUT_MS = 300;
/** Of commands that no silent node is asked. */
const PATIENT_MS = '10000';
/** Beyond the bound of a command: what a busy machine needs to notice. */
const SLACK_MS = 1_500;
const LONG = { withinMs: 60_000, everyMs: 20 };

const names = new RedisNames({ channelPrefix: 'test', isCluster: true });
const ALL: readonly ConnectionPurpose[] = [
  ...REDIS_PURPOSES,
  ...Array.from({ length: SHARED_PARTITIONS }, (_unused, part) => `shared-${part}` as const),
];

describeIfThere(`RedisConnections of a Redis Cluster${note}`, () => {
  let cluster: ClusterFixture;
  let env: Readonly<Record<string, string>>;
  let config: RedisConfig;
  let connections: RedisConnections;

  beforeAll(async () => {
    cluster = await startRedisCluster();
    env = { REDIS_URL: cluster.url, CHANNEL_PREFIX: 'test' };
    config = loadConfig({ ...env, REDIS_COMMAND_TIMEOUT_MS: PATIENT_MS }, 'commerce').redis;
  });

  beforeEach(async () => {
    connections = connect('r1');
    for (const purpose of REDIS_PURPOSES) connections.open(purpose);
    connections.openShared();
    await allConnected();
  });

  afterEach(() => connections?.onApplicationShutdown());
  afterAll(() => cluster?.stop());

  function connect(replicaId: string, redis = config): RedisConnections {
    return new RedisConnections({
      config: redis,
      replicaId,
      clock: systemClock,
      logger: createLogger({ level: 'fatal' }),
    });
  }

  const allConnected = () =>
    eventually(
      'every connection is connected',
      () => {
        const states = [...connections.states()].map(([purpose, { status }]) => [purpose, status]);
        expect(states).toEqual(ALL.map((purpose) => [purpose, 'connected']));
        return true;
      },
      LONG,
    );

  /** The purposes whose connections a node has, by their names in CLIENT LIST. */
  async function purposesAt(node: RedisFixture): Promise<readonly string[]> {
    const clients = await node.cli('CLIENT', 'LIST');
    return ALL.filter((purpose) => clients.includes(`name=test:r1:${purpose} `));
  }

  const homesOf = (node: RedisFixture, masters: ReadonlyMap<ConnectionPurpose, RedisFixture>) =>
    ALL.filter((purpose) => masters.get(purpose) === node);

  async function untilAtHome(): Promise<void> {
    const owners = await cluster.mastersOf(...ALL.map((purpose) => redisHome(purpose, names)));
    const masters = new Map(ALL.map((purpose, index) => [purpose, owners[index]!]));
    await eventually(
      'every connection is where its keys are',
      async () => {
        for (const node of new Set(masters.values())) {
          expect(await purposesAt(node)).toEqual(homesOf(node, masters));
        }
        return true;
      },
      LONG,
    );
    await allConnected();
  }

  async function masterOf(key: string): Promise<RedisFixture> {
    return (await cluster.mastersOf(key))[0]!;
  }

  async function timed<T>(work: () => Promise<T>): Promise<[T | Error, number]> {
    const [outcome, waitedMs] = await inOwnTime(() => work().catch((error: Error) => error));
    return [outcome, waitedMs];
  }

  it('connects each purpose to the node that has its keys, and no node has all of them', async () => {
    await untilAtHome();
    const [node] = cluster.nodes;
    for (const purpose of ALL) {
      const name = redisHome(purpose, names);
      expect(await node!.cli('CLUSTER', 'KEYSLOT', name)).toBe(String(hashSlot(name)));
    }
    const masters = await cluster.mastersOf(...ALL.map((each) => redisHome(each, names)));
    expect(new Set(masters).size).toBe(3);
  });

  it('keeps messages of the backplane at the nodes that have its slot', async () => {
    const { publisher, subscriber } = connections.channels();
    const heard: string[] = [];
    subscriber.on('message', (_channel, text) => heard.push(text));
    await subscriber.subscribe(names.invalidationChannel, names.heartbeatChannel('r1'));
    await publisher.publish(names.invalidationChannel, 'one');
    await publisher.publish(names.heartbeatChannel('r1'), 'two');
    await eventually('both are heard', () => heard.length === 2);
    expect(heard).toEqual(['one', 'two']);
    for (const node of cluster.nodes) {
      expect(await node.cli('CLUSTER', 'INFO')).not.toMatch(/messages_publish_sent/);
    }
  });

  it('goes where a slot goes', async () => {
    const client = connections.open('commands');
    const key = names.limitLevel('moved');
    await client.set(key, '1');
    const closed = eventually('it is made anew', () => client.status !== 'ready', LONG);
    const to = await cluster.moveSlotOf(key);
    // What is refused as another node's tells where to look, sooner than by itself.
    await client.get(key).catch(() => undefined);
    await closed;
    await untilAtHome();
    expect(await client.get(key)).toBe('1');
    expect(await purposesAt(to)).toContain('commands');
  });

  it('follows a master that dies, each command bounded, and nothing but its purposes is lost', async () => {
    const home = redisHome('jobs-producer', names);
    const dead = await masterOf(home);
    const gone = await purposesAt(dead);
    await dead.kill();
    await eventually('its connections are lost', () =>
      gone.every((purpose) => statusOf(purpose) !== 'connected'),
    );
    expect(ALL.filter((purpose) => statusOf(purpose) !== 'connected')).toEqual(gone);
    const [, tookMs] = await timed(() => connections.open('jobs-producer').get(home));
    expect(tookMs).toBeLessThan(COMMAND_TIMEOUT_MS + SLACK_MS);
    await cluster.successorOf(dead, home);
    await untilAtHome();
    expect(await connections.open('jobs-producer').set(`${home}:a`, '1')).toBe('OK');
    await dead.restart();
    await cluster.untilWhole();
  });

  it('leaves a master that is frozen, each command bounded', async () => {
    const home = redisHome('commands', names);
    const frozen = await masterOf(home);
    const limit = { REDIS_COMMAND_TIMEOUT_MS: String(COMMAND_TIMEOUT_MS) };
    const hasty = connect('r5', loadConfig({ ...env, ...limit }, 'commerce').redis);
    const client = hasty.open('commands');
    await eventually('it is connected', () => client.status === 'ready');
    frozen.freeze();
    try {
      const longestMs = { value: 0 };
      await eventually(
        'commands are taken again',
        async () => {
          const [answer, tookMs] = await timed(() => client.set(`${home}:b`, '1'));
          longestMs.value = Math.max(longestMs.value, tookMs);
          return answer === 'OK';
        },
        LONG,
      );
      expect(longestMs.value).toBeLessThan(COMMAND_TIMEOUT_MS + SLACK_MS);
      await eventually('all are connected', () => allConnected(), LONG);
    } finally {
      frozen.thaw();
      await hasty.onApplicationShutdown();
    }
    await cluster.untilWhole();
    await untilAtHome();
  });

  /** Whether a slot without a node takes all the others away. */
  const requireFullCoverage = (value: 'yes' | 'no') =>
    Promise.all(
      cluster.nodes.map(({ cli }) => cli('CONFIG', 'SET', 'cluster-require-full-coverage', value)),
    );

  it('says which slot nobody has, and works as far as there are nodes', async () => {
    const home = redisHome('push-publisher', names);
    const slot = String(hashSlot(home));
    const owner = await masterOf(home);
    // What one node still says of it the others learn again.
    await eventually(
      'nobody has it',
      async () => {
        await owner.cli('CLUSTER', 'DELSLOTS', slot);
        await Promise.all(cluster.nodes.map(({ cli }) => cli('CLUSTER', 'DELSLOTS', slot)));
        const views = await Promise.all(cluster.nodes.map(({ cli }) => cli('CLUSTER', 'INFO')));
        return views.every((view) => view.includes('cluster_slots_assigned:16383'));
      },
      LONG,
    );
    const other = connect('r2');
    const examining = () => other.cluster?.examine().catch(({ message }: Error) => message);
    try {
      await eventually(
        'no node is believed that says that the cluster is not in order',
        async () => {
          expect(await examining()).toEqual(expect.stringContaining('not in order'));
          return true;
        },
        LONG,
      );
      await requireFullCoverage('no');
      await eventually(
        'that slot alone is missed',
        async () => {
          expect(await examining()).toMatchObject({ missingSlots: 1 });
          return true;
        },
        LONG,
      );
      other.open('push-publisher');
      other.open('jobs-producer');
      await eventually(
        'the one with a node is connected',
        () => other.states().get('jobs-producer')?.status === 'connected',
        LONG,
      );
      const state = other.states().get('push-publisher');
      expect(state).toMatchObject({
        status: 'lost',
        reason: `no node of the cluster is known to have slot ${slot}`,
      });
      await owner.cli('CLUSTER', 'ADDSLOTS', slot);
      await eventually(
        'the other is found again',
        () => other.states().get('push-publisher')?.status === 'connected',
        LONG,
      );
    } finally {
      await requireFullCoverage('yes');
      await other.onApplicationShutdown();
    }
  });

  it('starts without the cluster, says why nothing works, and ends in time', async () => {
    const url = 'redis+cluster://127.0.0.1:1,127.0.0.1:2';
    const away = connect('r3', loadConfig({ REDIS_URL: url }, 'commerce').redis);
    const [refusal] = await timed(() => away.open('commands').get('x'));
    expect(refusal).toBeInstanceOf(Error);
    const reason = await eventually('it says why', () => {
      const state = away.states().get('commands');
      return state?.status === 'lost' && state.reason;
    });
    expect(reason).toMatch(/ECONNREFUSED/);
    await expect(away.cluster?.examine()).rejects.toThrow(/ECONNREFUSED/);
    const [, tookMs] = await timed(() => away.onApplicationShutdown());
    expect(tookMs).toBeLessThan(SLACK_MS);
  });

  it('says of a server that it is no cluster', async () => {
    const redis = await startRedis();
    const url = redis.url.replace('redis://', 'redis+cluster://');
    const wrong = connect('r4', loadConfig({ REDIS_URL: url }, 'commerce').redis);
    try {
      wrong.open('commands');
      const reason = await eventually('it says why', () => {
        const state = wrong.states().get('commands');
        return state?.status === 'lost' && state.reason;
      });
      expect(reason).toMatch(/cluster support disabled/);
    } finally {
      await wrong.onApplicationShutdown();
      await redis.stop();
    }
  });

  function statusOf(purpose: string): string | undefined {
    return connections.states().get(purpose as ConnectionPurpose)?.status;
  }
});
