// What needs processes but no faults: propagation, storm, stampede, loads without writes. One Redis, all fleets up, one at a time at work.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fleetContestants } from '../contestants/index.mjs';
import { startFleet } from '../lib/fleet.mjs';
import { say } from '../lib/options.mjs';
import { startRedis } from '../lib/redis.mjs';
import { interleaved, median, percentile, sum } from '../lib/stats.mjs';
import { machineMs, waitFor } from '../lib/time.mjs';

const DRAIN_WITHIN_MS = 10_000;
const PER_SECOND = 20_000;
const BATCH = 100;
const READERS = 200;
const WARM_UP_KEYS = 10_000;

const CONTESTS = {
  propagation: [
    'raw',
    'raw-again',
    'raw-authentic',
    'lockstep',
    'lockstep-sql',
    'bentocache',
    'cacheable',
    'layered-loader',
  ],
  storm: [
    'raw',
    'raw-again',
    'raw-authentic',
    'raw-single',
    'lockstep',
    'lockstep-keys',
    'lockstep-sql',
    'bentocache',
    'cacheable',
    'layered-loader',
  ],
  stampede: ['raw', 'lockstep-sql', 'bentocache', 'cacheable', 'layered-loader'],
  idle: ['raw', 'lockstep-sql', 'bentocache', 'cacheable', 'layered-loader'],
};

/** Answers `{ propagation, storm, stampede, idle, redisVersion }`; each a Map from contestant to figures. */
export async function runFleetContests({ isQuick, parts }) {
  const wanted = Object.keys(CONTESTS).filter((contest) => parts.has(contest));
  const names = [...new Set(wanted.flatMap((contest) => CONTESTS[contest]))];
  const size = isQuick
    ? { rounds: 1, changes: 100, stormRounds: 1, stormKeys: 20_000, idleMs: 1_000 }
    : { rounds: 5, changes: 400, stormRounds: 3, stormKeys: 100_000, idleMs: 2_000 };
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const redis = await startRedis();
  const fleets = new Map();
  try {
    for (const name of names) {
      say(`starting ${fleetContestants[name].title}`);
      const databaseFile = join(folder, `${name}.db`);
      const hasTable = name === 'lockstep-sql';
      const options = { name, databaseFile, hasTable, maxEntries: 2 * size.stormKeys };
      fleets.set(name, await startFleet({ ...options, redisUrlOf: () => redis.url }));
      if (hasTable) await fleets.get(name).A.order('createItems', { count: size.stormKeys });
    }
    const results = { redisVersion: redis.version };
    for (const contest of wanted) {
      const run = { propagation, storm, stampede, idle }[contest];
      results[contest] = await run(CONTESTS[contest], fleets, { ...size, redis });
    }
    return results;
  } finally {
    await Promise.all([...fleets.values()].map((fleet) => fleet.stop()));
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function propagation(names, fleets, { rounds, changes }) {
  // One round for the compilers, which is thrown away.
  const samples = await interleaved(rounds + 1, names, async (name, round) => {
    say(`propagation, ${fleetContestants[name].title}, round ${round}`);
    const { A, B, C } = fleets.get(name);
    const keys = { from: 0, count: changes };
    for (const agent of [A, B, C]) await agent.order('hold', keys);
    for (const agent of [B, C]) await agent.order('mark', { isTimed: true });
    const began = new Map(await A.order('propagate', { ...keys, pauseMs: 3 }));
    const latencies = [];
    for (const agent of [B, C]) {
      const { removals } = await drained(agent, changes);
      for (const [key, atMs] of removals) latencies.push(atMs - began.get(key));
    }
    return latencies;
  });
  return new Map(
    [...samples].map(([name, all]) => {
      const counted = all.slice(1);
      return [
        name,
        {
          p50: median(counted.map((round) => percentile(round, 0.5))),
          p99: median(counted.map((round) => percentile(round, 0.99))),
          lost: sum(counted.map((round) => 2 * changes - round.length)),
        },
      ];
    }),
  );
}

async function storm(names, fleets, { stormRounds, stormKeys, redis }) {
  // The first one is a short one for the compilers, which is thrown away.
  const samples = await interleaved(stormRounds + 1, names, async (name, round) => {
    say(`storm, ${fleetContestants[name].title}, round ${round}`);
    const { A, B, C } = fleets.get(name);
    const count = round === 0 ? WARM_UP_KEYS : stormKeys;
    const keys = { from: 0, count };
    for (const agent of [A, B, C]) await agent.order('hold', keys);
    const before = await Promise.all([B, C].map((agent) => agent.order('mark')));
    const redisBefore = await redis.cpuMs();
    const pace = { ...keys, perSecond: PER_SECOND, batch: BATCH };
    const writer = await A.order('storm', pace);
    const after = await Promise.all([B, C].map((agent) => drained(agent, count)));
    const redisMs = (await redis.cpuMs()) - redisBefore;
    return {
      writer: writer.cpuMs,
      tookMs: writer.tookMs,
      leftToTheLog: writer.leftToTheLog,
      reader: sum(after.map(({ cpuMs }, index) => cpuMs - before[index])) / after.length,
      redis: redisMs,
      lost: sum(after.map(({ removalCount }) => Math.max(0, count - removalCount))),
    };
  });
  const fields = ['writer', 'reader', 'redis', 'tookMs'];
  return new Map(
    [...samples].map(([name, [, ...rounds]]) => [
      name,
      {
        ...Object.fromEntries(fields.map((field) => [field, median(rounds.map((r) => r[field]))])),
        lost: sum(rounds.map((round) => round.lost)),
        leftToTheLog: sum(rounds.map((round) => round.leftToTheLog)),
        keys: stormKeys,
      },
    ]),
  );
}

/** What the reader noted, once all removals have arrived or no more are to be expected. */
async function drained(agent, count) {
  await waitFor(
    async () => ((await agent.order('collect')).removalCount >= count ? true : undefined),
    DRAIN_WITHIN_MS,
    100,
  );
  return agent.order('collect');
}

async function stampede(names, fleets) {
  const results = new Map();
  for (const name of names) {
    say(`stampede, ${fleetContestants[name].title}`);
    const { A, B, C } = fleets.get(name);
    const options = { readers: READERS, takesMs: 50, atMs: 0 };
    const one = await A.order('stampede', { ...options, key: 'stampede-1' });
    const together = { ...options, key: 'stampede-3', atMs: machineMs() + 200 };
    const three = await Promise.all([A, B, C].map((agent) => agent.order('stampede', together)));
    results.set(name, { one, three });
  }
  return results;
}

async function idle(names, fleets, { idleMs }) {
  const results = new Map();
  for (const name of names) {
    say(`loads without writes, ${fleetContestants[name].title}`);
    const { A, B, C } = fleets.get(name);
    // Keys that no contest before has touched.
    const options = { from: 10_000_000, count: 100, forMs: idleMs, readsPerTick: 4 };
    const all = await Promise.all([A, B, C].map((agent) => agent.order('readAround', options)));
    results.set(name, {
      reads: sum(all.map(({ reads }) => reads)),
      loads: sum(all.map(({ loads }) => loads)),
    });
  }
  return results;
}
