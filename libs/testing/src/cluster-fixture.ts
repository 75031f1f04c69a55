import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedisBinary } from '../../../tools/lib/redis-binary.mjs';
import { anyFreePort } from '../../../tools/fleet/free-port.js';
import {
  answers,
  anyAnswer,
  hasSlot,
  isInOrder,
  joinNodes,
  membersAt,
  PATIENT,
} from './cluster-members.js';
import { eventually } from './eventually.js';
import { startRedis, type RedisFixture } from './redis-fixture.js';

export interface ClusterFixture {
  /** The form that `REDIS_URL` takes: `redis+cluster://...`, with all nodes. */
  readonly url: string;
  readonly nodes: readonly RedisFixture[];
  /** The nodes that have the slots of keys; waits while those that answer do not agree. */
  mastersOf(...keys: string[]): Promise<readonly RedisFixture[]>;
  /** Resolves with the new master when another node than `former` has the slot of a key. */
  successorOf(former: RedisFixture, key: string): Promise<RedisFixture>;
  /** Resolves when every node says that the cluster is in order, and every master has a replica in step. */
  untilWhole(): Promise<void>;
  /** Gives the slot of a key and what is in it to another master, and resolves with that. */
  moveSlotOf(key: string): Promise<RedisFixture>;
  /** Ends all nodes and removes their folder. */
  stop(): Promise<void>;
}

const MASTERS = 3;
const NODE_TIMEOUT_MS = 1_500;

/** Why no cluster can be had here; undefined: it can. */
export async function clusterProblem(): Promise<string | undefined> {
  const { server, cli, version } = await findRedisBinary();
  if (cli === undefined) return `no redis-cli beside ${server}`;
  return Number.parseInt(version, 10) < 7 ? `${server} is ${version}; 7.0 is needed` : undefined;
}

/**
 * A Redis Cluster of the test's own: three masters with a replica each, on free ports of 127.0.0.1, that fails over within a few
 * seconds. All nodes are gone with the test process even when that is killed. Resolves when a failover would succeed.
 */
export async function startRedisCluster(): Promise<ClusterFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-test-'));
  const nodes: RedisFixture[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.kill()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const members = membership(nodes);
  try {
    const busPorts: number[] = [];
    for (let index = 0; index < 2 * MASTERS; index += 1) {
      const busPort = await anyFreePort();
      busPorts.push(busPort);
      nodes.push(await startRedis({ args: nodeArguments(folder, index, busPort) }));
    }
    await joinNodes(nodes, busPorts, MASTERS);
    await members.untilWhole();
  } catch (error) {
    await stop();
    throw error;
  }
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return { url: `redis+cluster://${hosts}`, nodes, stop, ...members };
}

function membership(
  nodes: readonly RedisFixture[],
): Pick<ClusterFixture, 'mastersOf' | 'successorOf' | 'untilWhole' | 'moveSlotOf'> {
  const slots = new Map<string, number>();
  const slotOf = async (key: string): Promise<number> => {
    const slot = slots.get(key) ?? (await anyAnswer(nodes, (node) => slotAt(node, key)));
    slots.set(key, slot);
    return slot;
  };
  const agreed = async (
    wanted: readonly number[],
  ): Promise<readonly RedisFixture[] | undefined> => {
    const known = await answers(nodes, membersAt);
    const owners = wanted.map((slot) => {
      const ports = new Set(
        known.map((members) => members.find((member) => hasSlot(member, slot))?.port),
      );
      return ports.size === 1 ? nodes.find(({ port }) => ports.has(port)) : undefined;
    });
    return owners.every((owner) => owner !== undefined) ? owners : undefined;
  };
  const mastersOf = async (...keys: string[]): Promise<readonly RedisFixture[]> => {
    const wanted: number[] = [];
    for (const key of keys) wanted.push(await slotOf(key));
    return eventually('the nodes agree on the masters', () => agreed(wanted), PATIENT);
  };
  return {
    mastersOf,
    successorOf: async (former, key) => {
      const wanted = [await slotOf(key)];
      return eventually(
        'the nodes agree on another master',
        async () => {
          const [present] = (await agreed(wanted)) ?? [];
          return present === former ? undefined : present;
        },
        PATIENT,
      );
    },
    untilWhole: async () => {
      await eventually(
        'the cluster is whole',
        async () => {
          const infos = await Promise.all(nodes.map(({ cli }) => cli('INFO', 'replication')));
          const masters = infos.filter((info) => info.includes('role:master\r'));
          const inOrder = await Promise.all(nodes.map(isInOrder));
          return (
            inOrder.every(Boolean) &&
            masters.length === MASTERS &&
            masters.every((info) => info.includes('state=online'))
          );
        },
        PATIENT,
      );
    },
    moveSlotOf: async (key) => {
      const slot = String(await slotOf(key));
      const [from] = await mastersOf(key);
      if (from === undefined) throw new Error('nobody has the slot');
      const masterPorts = (await membersAt(from))
        .filter(({ flags }) => flags.includes('master'))
        .map(({ port }) => port);
      const to = nodes.find((node) => node !== from && masterPorts.includes(node.port));
      if (to === undefined) throw new Error('there is no other master');
      const [fromId, toId] = [await from.cli('CLUSTER', 'MYID'), await to.cli('CLUSTER', 'MYID')];
      await to.cli('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId);
      await from.cli('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId);
      for (;;) {
        const keys = (await from.cli('CLUSTER', 'GETKEYSINSLOT', slot, '100')).split('\n');
        if (keys.every((each) => each === '')) break;
        await from.cli('MIGRATE', '127.0.0.1', String(to.port), '', '0', '5000', 'KEYS', ...keys);
      }
      for (const node of [to, from]) {
        await node.cli('CLUSTER', 'SETSLOT', slot, 'NODE', toId);
      }
      return to;
    },
  };
}

function nodeArguments(folder: string, index: number, busPort: number): readonly string[] {
  return [
    ...['--dir', folder, '--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0'],
    ...['--cluster-enabled', 'yes', '--cluster-config-file', `nodes-${index}.conf`],
    // Not the port and ten thousand: that may be taken, or be no port.
    ...['--cluster-port', String(busPort), '--cluster-node-timeout', String(NODE_TIMEOUT_MS)],
  ];
}

/** An answer that was cut off on a busy machine is none: an empty text would be the number of a slot. */
async function slotAt({ cli }: RedisFixture, key: string): Promise<number> {
  const answer = await cli('CLUSTER', 'KEYSLOT', key);
  if (!/^\d+$/.test(answer)) throw new Error(`not a slot: '${answer}'`);
  return Number(answer);
}
