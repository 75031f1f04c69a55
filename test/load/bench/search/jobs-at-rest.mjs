// Until an authoring replica has done what an import leaves behind it.
import { setTimeout as delay } from 'node:timers/promises';

const NAME = 'rebuild-related-products';
const UNFINISHED = ['pending', 'dispatched', 'active'];
const LOOK_EVERY_MS = 1_000;
const LIMIT_MS = 10 * 60_000;

/** Related products of the whole shop have been worked out. */
export async function jobsAtRest({ url, headers }) {
  const endMs = performance.now() + LIMIT_MS;
  while (performance.now() < endMs) {
    if (!(await isAtWork(url, headers))) return;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`related products are not worked out after ${LIMIT_MS} ms`);
}

async function isAtWork(url, headers) {
  for (const state of UNFINISHED) {
    const response = await fetch(`${url}/api/v1/jobs?name=${NAME}&state=${state}&limit=1`, {
      headers,
    });
    if (!response.ok) throw new Error(`jobs: ${response.status} ${await response.text()}`);
    if ((await response.json()).items.length > 0) return true;
  }
  return false;
}
