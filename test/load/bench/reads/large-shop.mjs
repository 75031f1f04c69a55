// A SQLite file with many generated products, imported as the back office does; made once and kept.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, openAsBlob, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { capture, projectRoot } from '../../../../tools/lib/run.mjs';
import { say } from '../lib/options.mjs';
import { fromDist, requireOfProduct } from '../lib/product.mjs';

const FOLDER = join(projectRoot, '.lockstep', 'bench');
const GENERATION_MS = 5 * 60_000;
const POLL_MS = 500;
const ENDS = ['completed', 'dead', 'cancelled'];

/** Path of the file, migrated to the present schema. `env` configures the processes but for the database. */
export async function largeShop(count, env) {
  const { runBuiltTool } = await fromDist('tools/fleet/one-shot');
  const file = join(FOLDER, `shop-${count}.db`);
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(file)) await build(file, count, env);
  await runBuiltTool({ root: projectRoot, name: 'migrate', env: onFile(env, file) });
  return file;
}

export function onFile(env, file) {
  return { ...env, DATABASE_URL: `sqlite:${file}` };
}

async function build(file, count, env) {
  const { runBuiltTool } = await fromDist('tools/fleet/one-shot');
  const { startReplicaProcess } = await fromDist('tools/fleet/replica-process');
  const unfinished = join(FOLDER, `unfinished-${count}.db`);
  const csv = join(FOLDER, `products-${count}.csv`);
  for (const end of ['', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true });
  say(`making a shop with ${count} products, once; it is kept as ${file}`);
  await generate(count, csv);
  const ownEnv = onFile(env, unfinished);
  const staff = { email: 'staff@lockstep.example', password: `bench-${randomUUID()}` };
  await runBuiltTool({ root: projectRoot, name: 'migrate', env: ownEnv });
  await runBuiltTool({
    root: projectRoot,
    name: 'seed',
    env: {
      ...ownEnv,
      LOCKSTEP_STAFF_EMAIL: staff.email,
      LOCKSTEP_STAFF_PASSWORD: staff.password,
    },
  });
  const replica = startReplicaProcess({ root: projectRoot, role: 'authoring', env: ownEnv });
  try {
    await importFile((await replica.listening).url, staff, csv);
  } finally {
    await replica.stop();
    rmSync(csv, { force: true });
  }
  foldLog(unfinished);
  renameSync(unfinished, file);
}

/** Writes the file that the shop is imported from. */
export async function generate(count, csv) {
  const tool = join(projectRoot, 'dist', 'tools', 'generate-products.js');
  const parameters = [tool, '--count', String(count), '--seed', '1', '--out', csv];
  const { code, output } = await capture(process.execPath, parameters, {
    timeoutMs: GENERATION_MS,
  });
  if (code !== 0) throw new Error(`generating the products failed:\n${output}`);
}

/** The headers of a member of staff. */
export async function signedIn(url, staff) {
  const { token } = await call(url, '/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(staff),
  });
  return { authorization: `Bearer ${token}` };
}

/** Answers the id of the job that imports the file. */
export async function upload(url, headers, csv) {
  const body = new FormData();
  body.append('file', await openAsBlob(csv), 'products.csv');
  const { jobId } = await call(url, '/imports?store=main', { method: 'POST', headers, body });
  return jobId;
}

async function call(url, path, init) {
  const response = await fetch(`${url}/api/v1${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function importFile(url, staff, csv) {
  const headers = await signedIn(url, staff);
  const jobId = await upload(url, headers, csv);
  let job;
  do {
    await delay(POLL_MS);
    job = await call(url, `/jobs/${jobId}`, { headers });
  } while (!ENDS.includes(job.state));
  if (job.state !== 'completed') throw new Error(`the import ended as ${job.state}`);
  say(`imported ${job.result.created} products`);
}

/** Everything into the one file, so that it can be moved. */
function foldLog(file) {
  const BetterSqlite3 = requireOfProduct('better-sqlite3');
  const database = new BetterSqlite3(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
