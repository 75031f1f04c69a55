// What one process measures alone: hit cost, memory per entry, eviction. A fresh process, so that nothing else is compiled or held in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../lib/in-process.mjs';
import { say } from '../lib/options.mjs';
import { startRedis } from '../lib/redis.mjs';

/** ns of CPU time per hit, by contestant, in the order of the table. */
export async function runHitCost({ isQuick }) {
  say('hit cost');
  return withRedis((context) =>
    inProcess('hit-cost-process.mjs', { ...context, rounds: isQuick ? 3 : 21 }),
  );
}

/** Bytes of heap per entry, by contestant. */
export async function runMemory({ isQuick }) {
  const names = [
    'map',
    'lru-cache',
    'lockstep',
    'layered-loader',
    'bentocache',
    'cacheable',
    'cache-manager',
  ];
  return withRedis(async (context) => {
    const results = new Map();
    for (const name of names) {
      say(`memory per entry, ${name}`);
      const count = isQuick ? 50_000 : 200_000;
      const databaseFile = join(context.folder, `${name}.db`);
      const options = { ...context, databaseFile, name, count };
      results.set(name, await inProcess('memory-process.mjs', options, ['--expose-gc']));
    }
    return results;
  });
}

/** Shares of hits by stream of reads and contestant. */
export async function runEviction({ isQuick }) {
  say('eviction');
  const options = { reads: isQuick ? 100_000 : 1_000_000, capacity: isQuick ? 500 : 2_000 };
  return inProcess('eviction-process.mjs', options);
}

async function withRedis(task) {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const redis = await startRedis();
  try {
    const databaseFile = join(folder, 'bench.db');
    return await task({ redisUrl: redis.url, databaseFile, folder });
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
