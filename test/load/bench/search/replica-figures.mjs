// What replicas make of the index: two commerce replicas and an authoring replica on a shop with 100,000 products.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../../../tools/lib/run.mjs';
import { GENEROUS_LIMITS } from '../lib/generous-limits.mjs';
import { say } from '../lib/options.mjs';
import { fromDist, requireOfProduct } from '../lib/product.mjs';
import { startRedis } from '../lib/redis.mjs';
import { generate, largeShop, onFile, signedIn, upload } from '../reads/large-shop.mjs';
import { startAsking } from '../reads/shop-client.mjs';
import { jobsAtRest } from './jobs-at-rest.mjs';
import { queryLog } from './query-log.mjs';
import { loadMs, recordsRead, sumOf, wholeAnswers } from './replica-metrics.mjs';

const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];
const STORE = '/api/v1/stores/main';
const CLIENTS = 16;
const READY_MS = 120_000;
const TICKS_PER_MS = 0.1;
/** Until V8 has compiled what searches run: a replica in use is past them within minutes. */
const WARM_SEARCHES = 10_000;

/** `products`, `changes` seen with Redis and `changesWithout`, `seconds` of each measurement under load. */
export async function replicaFigures({ products, searches, changes, changesWithout, seconds }) {
  const redis = await startRedis();
  const env = {
    ...Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
    NODE_ENV: 'production',
    ...GENEROUS_LIMITS,
    REDIS_URL: redis.url,
    CHANNEL_PREFIX: 'bench-search',
    PORT: '0',
  };
  const made = await largeShop(products, env);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const file = join(folder, 'shop.db');
  copyFileSync(made, file);
  forgetStaff(file);
  const fleet = await fleetOn(onFile(env, file));
  const client = startClient();
  try {
    const queryOf = queryLog(file, 20_261_128);
    let asked = 0;
    const searchUrl = (url) => `${url}${STORE}/products?${queryOf((asked += 1))}`;
    const searchUrls = (url, count) => Array.from({ length: count }, () => searchUrl(url));
    say('starting a replica, and one that goes on with what another one has kept');
    const keeping = { SEARCH_INDEX_FOLDER: join(folder, 'index') };
    await (await fleet.commerce(keeping)).stop();
    const again = await fleet.commerce(keeping);
    const kept = await startOf(again);
    await again.stop();
    const began = performance.now();
    const first = await fleet.commerce();
    const start = await startOf(first);
    // It holds them besides its work, for half a minute and more: no search costs what that does.
    say('records of the catalog');
    await recordsRead(first.url);
    const recordsMs = performance.now() - began - start.readyMs;
    const recordBytes = await sumOf(first.url, 'lockstep_cache_record_bytes');
    const leftOut = await sumOf(first.url, 'lockstep_cache_records_left_out');
    const search = async (count) => {
      const before = first.cpuMs();
      const urls = searchUrls(first.url, count);
      const answered = await client('ask', { urls, seconds: 120, pauseMs: 0 });
      return { ...answered, cpu: (first.cpuMs() - before) / answered.times.length };
    };
    say(`${searches} searches with facets, before and after ${WARM_SEARCHES} others`);
    const cold = await search(searches);
    await search(WARM_SEARCHES);
    const { confirmed: confirmedBefore } = await wholeAnswers(first.url);
    const warm = await search(searches);
    const { confirmed } = await wholeAnswers(first.url);
    const alone = { ...warm, confirmed: (confirmed - confirmedBefore) / warm.times.length };

    const page = await oneProduct(first.url);
    const pageUrls = Array.from({ length: 200 * seconds }, () => page);
    const pages = { urls: pageUrls, seconds, pauseMs: 5 };
    say(`product pages, alone and beside ${CLIENTS} clients that search`);
    const pagesAlone = await client('ask', pages);
    const bots = startAsking(CLIENTS, () => searchUrl(first.url));
    const pagesBeside = await client('ask', pages);
    const botLoad = await bots.stop();

    say('changes, until every replica shows them in searches');
    const second = await fleet.commerce();
    const authoring = await fleet.authoring();
    await recordsRead(second.url);
    // A shop that was imported has related products yet to be worked out: the first changes come beside that.
    const freshBeside = await freshness(client, [first, second], authoring, file, changes);
    say('the same when related products have been worked out');
    await jobsAtRest(authoring);
    const fresh = await freshness(client, [first, second], authoring, file, changes);
    await redis.kill();
    await delay(3_000);
    const freshWithout = await freshness(client, [first, second], authoring, file, changesWithout);
    await redis.restart();
    await delay(3_000);

    say('searches while products are imported');
    const csv = join(folder, 'products.csv');
    await generate(products, csv);
    const jobId = await upload(authoring.url, authoring.headers, csv);
    await underWay(authoring, jobId);
    const importing = await client('ask', {
      urls: searchUrls(first.url, 200 * seconds),
      seconds: 2 * seconds,
      pauseMs: 5,
    });
    const wholeAfter = await wholeAnswers(first.url);
    return {
      products,
      start: { ...start, recordsMs },
      kept,
      records: { bytes: recordBytes, leftOut },
      cold,
      alone,
      warmSearches: WARM_SEARCHES,
      pages: { alone: pagesAlone, beside: pagesBeside, botLoad },
      freshBeside,
      fresh,
      freshWithout,
      importing,
      whole: wholeAfter,
      redisVersion: redis.version,
    };
  } finally {
    client.end();
    await fleet.stop();
    await redis.stop().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fleetOn(env) {
  const { startReplicaProcess } = await fromDist('tools/fleet/replica-process');
  const { runBuiltTool } = await fromDist('tools/fleet/one-shot');
  const started = [];
  const start = async (role, more = {}) => {
    const began = performance.now();
    const own = { ...env, ...more, REPLICA_ID: `bench-${started.length}` };
    const replica = startReplicaProcess({ root: projectRoot, role, env: own });
    started.push(replica);
    const { url } = await replica.listening;
    await untilReady(url);
    return {
      url,
      readyMs: performance.now() - began,
      cpuMs: () => cpuMsOf(replica.pid),
      stop: () => replica.stop(),
    };
  };
  return {
    commerce: (more) => start('commerce', more),
    async authoring() {
      const email = `bench-${randomUUID()}@lockstep.example`;
      const staff = { email, password: `bench-${randomUUID()}` };
      await runBuiltTool({
        root: projectRoot,
        name: 'seed',
        env: {
          ...env,
          LOCKSTEP_STAFF_EMAIL: staff.email,
          LOCKSTEP_STAFF_PASSWORD: staff.password,
        },
      });
      const replica = await start('authoring');
      return { ...replica, headers: await signedIn(replica.url, staff) };
    },
    stop: () => Promise.all(started.map((replica) => replica.stop())),
  };
}

/** Their passwords were known to those who made the shop; the first one is made anew. */
function forgetStaff(file) {
  const Database = requireOfProduct('better-sqlite3');
  const database = new Database(file);
  database.pragma('foreign_keys = OFF');
  for (const table of ['staff_session', 'staff_user_role', 'api_key', 'staff_user']) {
    database.exec(`DELETE FROM ${table}`);
  }
  database.close();
}

async function untilReady(url) {
  const endMs = performance.now() + READY_MS;
  while (performance.now() < endMs) {
    const { status } = await fetch(`${url}/health/ready`);
    if (status === 200) return;
    await delay(10);
  }
  throw new Error(`${url} is not ready after ${READY_MS} ms`);
}

/** User and system time of a process, from /proc. */
function cpuMsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_MS;
}

async function startOf({ url, readyMs, cpuMs }) {
  return { readyMs, cpuMs: cpuMs(), loadMs: await loadMs(url) };
}

async function oneProduct(url) {
  const { items } = await (await fetch(`${url}${STORE}/products?limit=1`)).json();
  return `${url}${STORE}/products/${items[0].slug}`;
}

/** A brand nobody has heard of, until it is found on every replica. */
async function freshness(client, replicas, { url, headers }, file, count) {
  const ids = (await (await fetch(`${replicas[0].url}${STORE}/products?limit=24`)).json()).items;
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const product = `${url}/api/v1/products/${ids[index % ids.length].id}?store=main`;
    const { headers: known } = await fetch(product, { headers });
    const brand = `q${randomUUID().replaceAll('-', '')}`;
    const { ms } = await client('change', {
      url: product,
      headers: { ...headers, 'content-type': 'application/json', 'if-match': known.get('etag') },
      body: { brand },
      lists: replicas.map((replica) => `${replica.url}${STORE}/products?limit=1&q=${brand}`),
    });
    times.push(ms);
  }
  return { times };
}

async function underWay({ url, headers }, jobId) {
  for (;;) {
    const job = await (await fetch(`${url}/api/v1/jobs/${jobId}`, { headers })).json();
    if (job.state === 'active') return;
    if (['completed', 'dead', 'cancelled'].includes(job.state)) {
      throw new Error(`the import is ${job.state} already`);
    }
    await delay(50);
  }
}

function startClient() {
  const child = fork(fileURLToPath(new URL('asking-process.mjs', import.meta.url)), {
    execArgv: [],
  });
  const waiting = new Map();
  let lastId = 0;
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  const ask = (order, parameters) =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1);
      waiting.set(id, { resolve, reject });
      child.send({ id, order, ...parameters });
    });
  return Object.assign(ask, { end: () => child.kill('SIGKILL') });
}
