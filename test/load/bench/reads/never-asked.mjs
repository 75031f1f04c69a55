// Pages of products that nobody has asked for before, by a replica that holds the catalog and one that does not, in turns.
import { Agent, get } from 'node:http';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../../tools/lib/run.mjs';
import { say } from '../lib/options.mjs';
import { fromDist, requireOfProduct } from '../lib/product.mjs';
import { onFile } from './large-shop.mjs';

const STORE = '/api/v1/stores/main';
const READY_MS = 120_000;
const HELD_MS = 600_000;
const TICKS_PER_MS = 0.1;
/** More than any shop here needs. */
const ROOM = '1GiB';
const NONE = '0';

/** Of each replica the milliseconds of its answers and its CPU time per answer; what is held, and how soon it was. */
export async function neverAsked(file, env, { rounds, pages }) {
  const slugs = slugsIn(file, 2 * rounds * pages + pages);
  const replicas = await Promise.all([
    started(onFile(env, file), 'held', ROOM),
    started(onFile(env, file), 'not held', NONE),
  ]);
  try {
    say('waiting until the catalog is held');
    const [{ url, began }] = replicas;
    const held = await untilHeld(url, slugs.total);
    const heldMs = performance.now() - began;
    let from = 0;
    const next = () => slugs.some.slice(from, (from += pages));
    say(`${rounds} x ${pages} pages of each`);
    // What every page needs, such as the store, is asked for once.
    const common = next();
    for (const { url: each } of replicas) await asked(each, common);
    const figures = new Map(replicas.map(({ name }) => [name, { times: [], cpuMs: 0 }]));
    for (let round = 0; round < rounds; round += 1) {
      for (const replica of replicas) {
        const before = cpuMsOf(replica.pid);
        const figure = figures.get(replica.name);
        figure.times.push(...(await asked(replica.url, next())));
        figure.cpuMs += cpuMsOf(replica.pid) - before;
      }
    }
    return { figures, held, heldMs };
  } finally {
    await Promise.all(replicas.map(({ stop }) => stop()));
  }
}

/** `count` of them in no order, so that neighbours in the file are not neighbours here; and how many there are. */
function slugsIn(file, count) {
  const Database = requireOfProduct('better-sqlite3');
  const database = new Database(file, { readonly: true });
  const rows = database.prepare(`SELECT slug FROM product WHERE status = 'active'`).all();
  database.close();
  const some = rows.map(({ slug }) => slug);
  for (let index = some.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    [some[index], some[other]] = [some[other], some[index]];
  }
  return { some: some.slice(0, count), total: some.length };
}

async function started(env, name, room) {
  const { startReplicaProcess } = await fromDist('tools/fleet/replica-process');
  const began = performance.now();
  const replica = startReplicaProcess({
    root: projectRoot,
    role: 'commerce',
    env: { ...env, REPLICA_ID: `bench-${name.replace(' ', '-')}`, CACHE_RECORDS_MAX_BYTES: room },
  });
  const { url } = await replica.listening;
  const endMs = began + READY_MS;
  while ((await fetch(`${url}/health/ready`)).status !== 200) {
    if (performance.now() > endMs) throw new Error(`${url} is not ready after ${READY_MS} ms`);
    await delay(10);
  }
  return { name, url, began, pid: replica.pid, stop: () => replica.stop() };
}

/** Answers the bytes of each kind of record. */
async function untilHeld(url, total) {
  const endMs = performance.now() + HELD_MS;
  while (performance.now() < endMs) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const counts = valuesOf(text, 'lockstep_cache_records', 'state="held"');
    if (counts.size === 3 && [...counts.values()].every((count) => count >= total)) {
      return valuesOf(text, 'lockstep_cache_record_bytes');
    }
    await delay(250);
  }
  throw new Error(`the catalog is not held after ${HELD_MS} ms`);
}

/** By kind of record. */
function valuesOf(text, name, label = '') {
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && line.includes(label));
  return new Map(
    lines.map((line) => [/records="([^"]+)"/.exec(line)[1], Number(line.split(' ').at(-1))]),
  );
}

async function asked(url, slugs) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  for (const slug of slugs) {
    const sent = performance.now();
    await answer(`${url}${STORE}/products/${slug}`, agent);
    times.push(performance.now() - sent);
  }
  agent.destroy();
  return times;
}

function answer(url, agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} was answered ${response.statusCode}`));
      });
    }).once('error', reject);
  });
}

/** User and system time of a process, from /proc. */
function cpuMsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_MS;
}
