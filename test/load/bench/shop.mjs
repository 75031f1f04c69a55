// `npm run bench:shop`: what carts and orders cost, against the bare technique: the same rows by prepared statements.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { canPin, pin, processCpuMs } from './http/pinning.mjs';
import { endAfter, readOptions, say } from './lib/options.mjs';
import { prepareBench } from './lib/prepare.mjs';
import { inProcess } from './lib/in-process.mjs';
import { requireOfProduct } from './lib/product.mjs';
import { publish } from './lib/report.mjs';
import { shopReport } from './lib/shop-report.mjs';
import { addOrders } from './shop/add-orders.mjs';
import { snapshotOf, templateOf } from './shop/order-template.mjs';
import { startShopFleet } from './shop/shop-fleet.mjs';

const SERVER_CORE = 0;
const CLIENT_CORE = 1;
const SHOPPERS = 16;
const Database = requireOfProduct('better-sqlite3');

const options = readOptions(['shop']);
const size = options.isQuick
  ? { warmUp: 50, orders: 200, rounds: 1, seconds: 3, stored: 10_000 }
  : { warmUp: 500, orders: 1_500, rounds: 3, seconds: 8, stored: 1_000_000 };
const began = Date.now();
endAfter(40);
await prepareBench({ needsBuild: options.needsBuild, needsContestants: false });

const phases = [];
let bare;
let redisVersion;
for (const replicas of [1, 2]) {
  const fleet = await startShopFleet(replicas);
  redisVersion = fleet.redis.version;
  try {
    const [few, many] = ['few', size.stored.toLocaleString('en')];
    const template = await withShoppers(fleet, (shoppers) => oneOrder(fleet, shoppers));
    phases.push(...(await withShoppers(fleet, (shoppers) => measure(fleet, shoppers, few))));
    if (replicas === 1) {
      say('the bare technique');
      bare = await inProcess('shop/bare-orders-process.mjs', {
        file: copyOfDatabase(fleet.file),
        orders: size.orders * size.rounds,
        core: canPin ? SERVER_CORE : undefined,
        template,
      });
      say(`storing ${many} orders`);
      addOrders(fleet.file, template, size.stored);
      phases.push(...(await withShoppers(fleet, (shoppers) => measure(fleet, shoppers, many))));
    }
  } finally {
    await fleet.stop();
  }
}
const setting = { ...size, shoppers: SHOPPERS, canPin, redisVersion };
publish(shopReport({ phases, bare }, setting, options), options.outFile);
say(`took ${Math.round((Date.now() - began) / 1_000)} s`);
process.exit(0);

async function withShoppers(fleet, task) {
  const client = fork(fileURLToPath(new URL('shop/shoppers-process.mjs', import.meta.url)), {
    execArgv: [],
  });
  try {
    for (const { pid } of fleet.replicas) await pin(pid, SERVER_CORE);
    await pin(client.pid, CLIENT_CORE);
    const urls = fleet.replicas.map(({ url }) => url);
    return await task((name, more = {}) =>
      ask(client, { name, urls, shoppers: SHOPPERS, skus: fleet.skus, ...more }),
    );
  } finally {
    client.kill('SIGKILL');
  }
}

/** What the checkout of one cart writes. */
async function oneOrder({ file }, shoppers) {
  const database = new Database(file, { readonly: true });
  await shoppers('fill', { count: 1 });
  const before = snapshotOf(database);
  await shoppers('checkout');
  const template = templateOf(database, before);
  database.close();
  return template;
}

async function measure(fleet, shoppers, stored) {
  const replicas = fleet.replicas.length;
  // For the compilers.
  await shoppers('fill', { count: size.warmUp });
  await shoppers('checkout');
  const results = [];
  for (const name of ['fill', 'checkout', 'mix']) {
    const rounds = [];
    for (let round = 0; round < size.rounds; round += 1) {
      say(`${name}, replicas: ${replicas}, orders stored: ${stored}, round ${round}`);
      // Carts to check out are filled before the time is taken.
      if (name !== 'fill') await shoppers('fill', { count: size.orders });
      const before = await cpuOf(fleet);
      const result = await shoppers(name, { count: size.orders, seconds: size.seconds });
      const after = await cpuOf(fleet);
      const cpuMs = after.replicas - before.replicas;
      rounds.push({ ...result, cpuMs, redisMs: after.redis - before.redis });
      // Those that were filled to be measured, or are left of a mix, are not checked out.
      await shoppers('forget');
    }
    results.push({ name, replicas, stored, rounds });
  }
  return results;
}

function copyOfDatabase(file) {
  const database = new Database(file);
  database.exec(`VACUUM INTO '${file}.bare'`);
  database.close();
  return `${file}.bare`;
}

async function cpuOf({ replicas, redis }) {
  let all = 0;
  for (const { pid } of replicas) all += await processCpuMs(pid);
  return { replicas: all, redis: await redis.cpuMs() };
}

function ask(client, message) {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the client ended'));
    client.once('exit', ended);
    client.once('message', (result) => {
      client.off('exit', ended);
      if (result.error === undefined) resolve(result);
      else reject(new Error(result.error));
    });
    client.send(message);
  });
}
