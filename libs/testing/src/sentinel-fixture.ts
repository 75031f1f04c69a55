import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedisBinary, type RedisBinary } from '../../../tools/lib/redis-binary.mjs';
import { startRedisServer } from '../../../tools/fleet/redis-server.js';
import { eventually } from './eventually.js';
import { redisCli, type RedisCli } from './redis-cli.js';
import { startRedis, type RedisFixture } from './redis-fixture.js';

export interface SentinelFixture {
  /** The form that `REDIS_URL` takes: `redis+sentinel://...`. */
  readonly url: string;
  /** The server that every Sentinel names as the primary; waits while they disagree. */
  primary(): Promise<RedisFixture>;
  /** SIGKILL for the primary; resolves with it when its port refuses connections. The Sentinels learn of it by themselves. */
  killPrimary(): Promise<RedisFixture>;
  /** SIGSTOP for the primary: it keeps its connections and is silent. Thaw what this resolves with, and it comes back as a replica. */
  freezePrimary(): Promise<RedisFixture>;
  /** An orderly failover (SENTINEL FAILOVER) once the others have what was written. Resolves with the former primary when the other server has taken its place. */
  failOver(): Promise<RedisFixture>;
  /** Resolves with the new primary when every Sentinel names one other than `former`. */
  successorOf(former: RedisFixture): Promise<RedisFixture>;
  /** Resolves when a server follows the present primary. */
  untilReplica(server: RedisFixture): Promise<void>;
  /** Ends all servers and removes their folder. */
  stop(): Promise<void>;
}

const GROUP = 'lockstep';
const SENTINELS = 3;
const QUORUM = 2;
const DOWN_AFTER_MS = 1_000;
const FAILOVER_TIMEOUT_MS = 3_000;
/** Elections that come to nothing are repeated after twice the failover timeout. */
const FAILED_OVER = { withinMs: 60_000, everyMs: 200 };

interface Sentinel {
  readonly port: number;
  readonly cli: RedisCli;
  stop(): Promise<void>;
}

/**
 * A primary, its replica and three Sentinels of the test's own, with time limits of about a second, on free ports of 127.0.0.1. All of
 * them are gone with the test process even when that is killed. Resolves when a failover would succeed.
 */
export async function startSentinelGroup(): Promise<SentinelFixture> {
  const binary = await findRedisBinary();
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-test-'));
  const servers: RedisFixture[] = [];
  const sentinels: Sentinel[] = [];
  const stop = async (): Promise<void> => {
    // The Sentinels first: otherwise they begin a failover.
    await Promise.all(sentinels.map((sentinel) => sentinel.stop()));
    await Promise.all(servers.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const first = await startRedis({ args: dataArguments(folder) });
    servers.push(first);
    const replicaOf = ['--replicaof', '127.0.0.1', String(first.port)];
    const second = await startRedis({ args: [...dataArguments(folder), ...replicaOf] });
    servers.push(second);
    // Sentinels learn of a replica from what the primary says when they come, and seldom ask again.
    await eventually('the replica is in step', () => isFollowing(second, first));
    for (let index = 0; index < SENTINELS; index += 1) {
      sentinels.push(await startSentinel(binary, join(folder, `sentinel-${index}.conf`), first));
    }
    await eventually('the Sentinels know each other and the replica', () =>
      Promise.all(sentinels.map(isInformed)).then((all) => all.every(Boolean)),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return { url: `redis+sentinel://${hosts}/${GROUP}`, stop, ...failovers(servers, sentinels) };
}

function failovers(
  servers: readonly RedisFixture[],
  sentinels: readonly Sentinel[],
): Omit<SentinelFixture, 'url' | 'stop'> {
  const agreed = async (): Promise<RedisFixture | undefined> => {
    const named = await Promise.all(sentinels.map(primaryPortOf));
    const isAgreed = named.every((port) => port === named[0]);
    return isAgreed ? servers.find(({ port }) => port === named[0]) : undefined;
  };
  const primary = () => eventually('the Sentinels agree on a primary', agreed);
  const successorOf = (former: RedisFixture): Promise<RedisFixture> =>
    eventually(
      'the Sentinels agree on another primary',
      async () => {
        const present = await agreed();
        return present === former ? undefined : present;
      },
      FAILED_OVER,
    );
  return {
    primary,
    successorOf,
    killPrimary: async () => {
      const former = await primary();
      await former.kill();
      return former;
    },
    freezePrimary: async () => {
      const former = await primary();
      former.freeze();
      return former;
    },
    failOver: async () => {
      const former = await primary();
      await untilCopied(former, servers);
      // Refused while another failover has just ended.
      await eventually(
        'a failover begins',
        async () => (await sentinels[0]?.cli('SENTINEL', 'FAILOVER', GROUP)) === 'OK',
      );
      await successorOf(former);
      return former;
    },
    untilReplica: async (server) => {
      await eventually(
        'the server follows the primary',
        async () => isFollowing(server, await primary()),
        FAILED_OVER,
      );
    },
  };
}

/** Replication at once and without files, except for what a replica receives. */
function dataArguments(folder: string): readonly string[] {
  return ['--dir', folder, '--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0'];
}

async function startSentinel(
  binary: RedisBinary,
  configFile: string,
  primary: RedisFixture,
): Promise<Sentinel> {
  const lines = [
    `sentinel monitor ${GROUP} 127.0.0.1 ${primary.port} ${QUORUM}`,
    `sentinel down-after-milliseconds ${GROUP} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${GROUP} ${FAILOVER_TIMEOUT_MS}`,
  ];
  await writeFile(configFile, `${lines.join('\n')}\n`);
  const server = await startRedisServer({
    binary: binary.server,
    configFile,
    args: ['--sentinel'],
  });
  const cli = redisCli(binary, server.port);
  // A former primary is made a replica after four of these periods. Redis 6.2 refuses, and takes its ten seconds.
  await cli('SENTINEL', 'DEBUG', 'PUBLISH-PERIOD', '250', 'INFO-PERIOD', '500');
  return { port: server.port, cli, stop: () => server.stop() };
}

async function isFollowing(server: RedisFixture, primary: RedisFixture): Promise<boolean> {
  const info = await server.cli('INFO', 'replication');
  return info.includes(`master_port:${primary.port}\r`) && info.includes('master_link_status:up\r');
}

/** The other servers have everything that was written until now: a failover would lose the rest. */
async function untilCopied(primary: RedisFixture, servers: readonly RedisFixture[]): Promise<void> {
  const written = await offsetOf(primary, 'master_repl_offset');
  for (const server of servers.filter((each) => each !== primary)) {
    await eventually(
      'the replica has what was written',
      async () => (await offsetOf(server, 'slave_repl_offset')) >= written,
    );
  }
}

async function offsetOf(server: RedisFixture, field: string): Promise<number> {
  const info = await server.cli('INFO', 'replication');
  return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);
}

async function isInformed({ cli }: Sentinel): Promise<boolean> {
  const info = await cli('INFO', 'sentinel');
  return info.includes(`status=ok`) && info.includes(`slaves=1,sentinels=${SENTINELS}`);
}

async function primaryPortOf({ cli }: Sentinel): Promise<number> {
  const address = await cli('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', GROUP);
  return Number(address.split('\n')[1]);
}
