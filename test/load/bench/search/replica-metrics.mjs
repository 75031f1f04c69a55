// What a replica's own metrics say, read over HTTP.
import { setTimeout as delay } from 'node:timers/promises';

const RECORDS_MS = 5 * 60_000;
const KINDS_OF_RECORDS = 3;

export async function loadMs(url) {
  const [seconds = 0] = await valuesOf(url, 'lockstep_search_load_seconds', 'store="main"');
  return 1_000 * seconds;
}

export async function wholeAnswers(url) {
  const counts = {};
  for (const outcome of ['confirmed', 'repeated', 'refused']) {
    const values = await valuesOf(url, 'lockstep_cache_whole_answers', `outcome="${outcome}"`);
    counts[outcome] = values[0] ?? 0;
  }
  return counts;
}

/** The sum of a metric over its labels. */
export async function sumOf(url, name) {
  return (await valuesOf(url, name)).reduce((sum, value) => sum + value, 0);
}

/** Resolves when every record was read that the replica may hold. */
export async function recordsRead(url) {
  const endMs = performance.now() + RECORDS_MS;
  while (performance.now() < endMs) {
    const held = await valuesOf(url, 'lockstep_cache_records', 'state="held"');
    const missing = await valuesOf(url, 'lockstep_cache_records', 'state="missing"');
    if (held.length === KINDS_OF_RECORDS && held.every((records) => records > 0)) {
      if (missing.every((records) => records === 0)) return;
    }
    await delay(250);
  }
  throw new Error(`the records of the catalog are not read after ${RECORDS_MS} ms`);
}

/** The values of a metric where its labels have this one. */
async function valuesOf(url, name, label = '') {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(new RegExp(`^${name}\\{[^}]*${label}[^}]*\\} (\\S+)$`, 'gm'));
  return [...lines].map(([, value]) => Number(value));
}
