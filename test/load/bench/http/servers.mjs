// The servers of the contest: one commerce replica on a seeded shop, and the bare ones with the replica's bytes.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../../../tools/lib/run.mjs';
import { fromDist } from '../lib/product.mjs';
import { startRedis } from '../lib/redis.mjs';
import { GENEROUS_LIMITS } from '../lib/generous-limits.mjs';

const bareFile = fileURLToPath(new URL('bare-servers.mjs', import.meta.url));
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];
const STORE = '/api/v1/stores/main';

/** One replica as `npm start` configures it, with a Redis and a database of its own. */
export async function startShop() {
  const { startReplicaProcess } = await fromDist('tools/fleet/replica-process');
  const { runBuiltTool } = await fromDist('tools/fleet/one-shot');
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const redis = await startRedis();
  const env = {
    ...Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
    NODE_ENV: 'production',
    DATABASE_URL: `sqlite:${join(folder, 'shop.db')}`,
    ...GENEROUS_LIMITS,
    REDIS_URL: redis.url,
    CHANNEL_PREFIX: 'bench-http',
    PORT: '0',
  };
  let replica;
  const stop = async () => {
    await replica?.stop();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const name of ['migrate', 'seed']) await runBuiltTool({ root: projectRoot, name, env });
    replica = startReplicaProcess({ root: projectRoot, role: 'commerce', env });
    const { url } = await replica.listening;
    return { name: 'Lockstep', url, pid: replica.pid, redisVersion: redis.version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The two pages of the contest: a product and a list of them. */
export async function choosePages(url) {
  const list = `${STORE}/products?limit=12`;
  const { items } = await (await fetch(`${url}${list}`)).json();
  return { 'product detail': `${STORE}/products/${items[0].slug}`, 'product list': list };
}

/** The contest is about bodies as they are: the client of the measurement asks for no coding either. */
export const AS_IT_IS = { 'accept-encoding': 'identity' };

/** What the replica answers, for the bare servers to repeat. Asked twice: the second answer comes from its cache. */
export async function recordAnswers(url, pages) {
  const answers = {};
  for (const path of Object.values(pages)) {
    await fetch(`${url}${path}`, { headers: AS_IT_IS });
    const response = await fetch(`${url}${path}`, { headers: AS_IT_IS });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${body}`);
    const header = (name) => response.headers.get(name);
    answers[path] = {
      ...{ body, contentType: header('content-type'), etag: header('etag') },
      cacheControl: header('cache-control') ?? 'no-cache',
    };
  }
  return answers;
}

/** `kind` is `fastify` or `nest`. */
export async function startBare(kind, answers) {
  const child = fork(bareFile, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  // Routes have no query; the router ignores it.
  const routes = Object.fromEntries(
    Object.entries(answers).map(([path, answer]) => [path.split('?')[0], answer]),
  );
  child.send({ kind, answers: routes });
  const { url } = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error(`the bare ${kind} server ended`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    });
  const name = kind === 'nest' ? 'bare Nest + Fastify' : 'bare Fastify';
  return { name, url, pid: child.pid, stop };
}
