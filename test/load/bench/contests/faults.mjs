// Faults of the backplane, each with a fleet, a Redis and a database of its own. B reaches Redis through a proxy.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fleetContestants } from '../contestants/index.mjs';
import { ProcessEnded, startFleet } from '../lib/fleet.mjs';
import { say } from '../lib/options.mjs';
import { fromDist } from '../lib/product.mjs';
import { startRedis } from '../lib/redis.mjs';
import { delay } from '../lib/time.mjs';

const NAMES = [
  'raw',
  'lockstep-sql',
  'bentocache',
  'cacheable-documented',
  'cacheable',
  'layered-loader',
];
const UNTOUCHED_FROM = 10_000;
const BATCH = 5;
const PROBE_EVERY_MS = 20;

const FULL = {
  atOnce: 1,
  settleMs: 5_000,
  untouched: 3_000,
  kill: { count: 2_000, perSecond: 1_000 },
  restart: { count: 1_000, perSecond: 200, awayAfterMs: 1_000, awayForMs: 3_000 },
  partition: { count: 300, perSecond: 300, holeMs: 6_000 },
};
const QUICK = {
  atOnce: 6,
  settleMs: 3_000,
  untouched: 1_000,
  kill: { count: 1_000, perSecond: 1_000 },
  restart: { count: 400, perSecond: 200, awayAfterMs: 500, awayForMs: 1_000 },
  partition: { count: 200, perSecond: 400, holeMs: 4_000 },
};

const FAULTS = { kill, restart, partition };

/** Answers a Map from contestant to `{ kill, restart, partition }`; a fault that ended a process is `{ ended: true }`. */
export async function runFaults({ isQuick }) {
  const size = isQuick ? QUICK : FULL;
  const results = new Map(NAMES.map((name) => [name, {}]));
  const work = NAMES.flatMap((name) => Object.keys(FAULTS).map((fault) => ({ name, fault })));
  const worker = async () => {
    for (let next = work.shift(); next !== undefined; next = work.shift()) {
      say(`fault "${next.fault}", ${fleetContestants[next.name].title}`);
      results.get(next.name)[next.fault] = await runOne(next, size);
    }
  };
  await Promise.all(Array.from({ length: size.atOnce }, worker));
  return results;
}

async function runOne({ name, fault }, size) {
  const { TcpProxy } = await fromDist('libs/testing/src/tcp-proxy');
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const redis = await startRedis();
  const proxy = await TcpProxy.start({ targetPort: redis.port });
  let fleet;
  try {
    fleet = await startFleet({
      name,
      databaseFile: join(folder, 'bench.db'),
      hasTable: true,
      maxEntries: 50_000,
      redisUrlOf: (role) => (role === 'B' ? `redis://127.0.0.1:${proxy.port}` : redis.url),
    });
    const { A, B, C } = fleet;
    await A.order('createItems', { count: UNTOUCHED_FROM + size.untouched });
    const changed = { from: 0, count: size[fault].count };
    const untouched = { from: UNTOUCHED_FROM, count: size.untouched };
    for (const agent of [A, B, C]) {
      await agent.order('hold', changed);
      await agent.order('hold', untouched);
    }
    const during = await FAULTS[fault]({ fleet, redis, proxy, changed, ...size[fault] });
    await delay(size.settleMs);
    const stale = await Promise.all([B, C].map((agent) => agent.order('countStale', changed)));
    const reloads = await Promise.all([B, C].map((agent) => agent.order('countLoads', untouched)));
    return { ...during, changed: changed.count, stale, reloads };
  } catch (error) {
    // An outcome of the contest; anything else is a mistake of the benchmark.
    if (error instanceof ProcessEnded) return { ended: true };
    throw error;
  } finally {
    await fleet?.stop();
    await proxy.stop();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The server ends every subscription five times a second while keys change. */
async function kill({ fleet, redis, changed, perSecond }) {
  const timer = setInterval(() => void redis.killSubscribers().catch(() => undefined), 200);
  try {
    return await fleet.A.order('write', { ...changed, perSecond, batch: BATCH });
  } finally {
    clearInterval(timer);
  }
}

/** Redis is gone for a while and comes back empty, while keys change. */
async function restart({ fleet, redis, changed, perSecond, awayAfterMs, awayForMs }) {
  const writing = fleet.A.order('write', { ...changed, perSecond, batch: BATCH });
  // Looked at below; until then a process that ends early is not an unhandled rejection.
  writing.catch(() => undefined);
  await delay(awayAfterMs);
  await redis.kill();
  await delay(awayForMs);
  await redis.restart();
  return writing;
}

/** Nothing passes between B and Redis any more, and nobody is told; then the connection breaks and can be made anew. */
async function partition({ fleet, proxy, changed, perSecond, holeMs }) {
  const { A, B } = fleet;
  proxy.freeze();
  await B.order('startProbe', { ...changed, everyMs: PROBE_EVERY_MS });
  const writing = A.order('write', { ...changed, perSecond, batch: BATCH });
  await delay(holeMs);
  const seen = await B.order('stopProbe');
  proxy.cut({ refuse: false });
  proxy.forward();
  return { ...(await writing), seen };
}
