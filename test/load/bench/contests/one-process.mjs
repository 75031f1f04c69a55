// What one process measures alone: hit cost, memory per entry, eviction. A fresh process, so that nothing else is compiled or held in it.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from '../lib/options.mjs';
import { startRedis } from '../lib/redis.mjs';

const ANSWER_WITHIN_MS = 600_000;

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

/** Runs a file as a process of its own, with its options as the first message; its first message is the answer. */
function inProcess(file, options, execArgv = []) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = fork(path, { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-4_000)));
  child.send(options);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), ANSWER_WITHIN_MS);
    child.once('message', (answer) => {
      resolve(answer);
      child.kill('SIGKILL');
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`${file} ended without an answer:\n${errors}`));
    });
  });
}
