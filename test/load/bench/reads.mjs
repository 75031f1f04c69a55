// `npm run bench:reads`: what a shopper notices of slow queries of others, on a shop with many products.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../../tools/lib/run.mjs';
import { endAfter, readOptions, say } from './lib/options.mjs';
import { prepareBench } from './lib/prepare.mjs';
import { fromDist } from './lib/product.mjs';
import { neverAskedReport } from './lib/never-asked-report.mjs';
import { readsReport } from './lib/reads-report.mjs';
import { startRedis } from './lib/redis.mjs';
import { publish } from './lib/report.mjs';
import { largeShop, onFile } from './reads/large-shop.mjs';
import { neverAsked } from './reads/never-asked.mjs';
import { startAsking } from './reads/shop-client.mjs';
import { threadCost } from './reads/thread-cost.mjs';
import { GENEROUS_LIMITS } from './lib/generous-limits.mjs';

const CLIENTS = 16;
const PAUSE_MS = 5;
const STORE = '/api/v1/stores/main';
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];

const options = readOptions(['reads', 'never-asked']);
const size = options.isQuick
  ? {
      products: 20_000,
      seconds: 5,
      cost: { rounds: 2, reads: 1_000 },
      never: { rounds: 3, pages: 500 },
    }
  : {
      products: 100_000,
      seconds: 20,
      cost: { rounds: 6, reads: 2_000 },
      never: { rounds: 6, pages: 1_000 },
    };
const began = Date.now();
endAfter(30);
await prepareBench({ needsBuild: options.needsBuild, needsContestants: false });

const redis = await startRedis();
const env = {
  ...Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
  NODE_ENV: 'production',
  ...GENEROUS_LIMITS,
  REDIS_URL: redis.url,
  CHANNEL_PREFIX: 'bench-reads',
  PORT: '0',
};
const client = fork(fileURLToPath(new URL('reads/measure-process.mjs', import.meta.url)), {
  execArgv: [],
});
let replica;
try {
  const file = await largeShop(size.products, env);
  const setting = { ...size, clients: CLIENTS, redisVersion: redis.version };
  const reports = [];
  if (options.parts.has('reads')) {
    reports.push(readsReport(await slowReads(file), setting, options));
    await replica.stop();
  }
  if (options.parts.has('never-asked')) {
    reports.push(neverAskedReport(await neverAsked(file, env, size.never), setting, options));
  }
  publish(reports.join('\n\n'), options.outFile);
} finally {
  client.kill('SIGKILL');
  await replica?.stop();
  await redis.stop();
}
say(`took ${Math.round((Date.now() - began) / 1_000)} s`);
process.exit(0);

/** A replica that answers from memory while others ask for facets that were never asked, and one small read both ways. */
async function slowReads(file) {
  say('one small read, by a worker thread and in process');
  const cost = await threadCost(file, size.cost);
  const { startReplicaProcess } = await fromDist('tools/fleet/replica-process');
  replica = startReplicaProcess({
    root: projectRoot,
    role: 'commerce',
    env: onFile(env, file),
  });
  const { url } = await replica.listening;
  const asked = { 'cached product': await oneProduct(url), '/health/ready': `${url}/health/ready` };
  const alone = await measure('alone', asked);
  // Facets count what another price excludes, so each bound is a question of its own.
  const load = startAsking(
    CLIENTS,
    (number) => `${url}${STORE}/products?facets=true&limit=1&price[min]=${number}`,
  );
  const loaded = await measure('loaded', asked);
  return { phases: { alone, loaded }, load: await load.stop(), cost };
}

/** Of a product that is held from now on: it is asked for twice. */
async function oneProduct(url) {
  const answer = async (path) => {
    const response = await fetch(`${url}${path}`);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    return response;
  };
  const { items } = await (await answer(`${STORE}/products?limit=1`)).json();
  const path = `${STORE}/products/${items[0].slug}`;
  await (await answer(path)).text();
  const again = await answer(path);
  await again.text();
  const held = again.headers.get('cache-status');
  if (!held?.includes('hit')) throw new Error(`${path} is not held: ${held}`);
  return `${url}${path}`;
}

async function measure(phase, asked) {
  const figures = {};
  for (const [name, url] of Object.entries(asked)) {
    say(`${name}, ${phase}, ${size.seconds} s`);
    figures[name] = await order({ url, seconds: size.seconds, pauseMs: PAUSE_MS });
  }
  return figures;
}

function order(request) {
  return new Promise((resolve, reject) => {
    client.once('message', (result) => {
      if (result.error === undefined) resolve(result);
      else reject(new Error(result.error));
    });
    client.send(request);
  });
}
