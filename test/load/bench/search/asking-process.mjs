// A client in a process of its own: it must not wait behind others. Asks one thing after the other, or one thing until it is there.
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 30_000;
/** Often enough for what is measured, and seldom enough to leave processors to the replicas that are waited for. */
const LOOK_EVERY_MS = 5;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, order, ...parameters }) => {
  orders[order](parameters).then(
    (result) => process.send({ id, result }),
    (error) => process.send({ id, error: error.message }),
  );
});

const orders = {
  /** Milliseconds of each, and how each was answered. */
  async ask({ urls, seconds, pauseMs }) {
    const endMs = performance.now() + seconds * 1_000;
    const times = [];
    const answers = {};
    for (const url of urls) {
      if (performance.now() > endMs) break;
      const sent = performance.now();
      const { status } = await get(url);
      times.push(performance.now() - sent);
      answers[status] = (answers[status] ?? 0) + 1;
      if (pauseMs > 0) await delay(pauseMs);
    }
    return { times, answers };
  },
  /** Milliseconds from the answer to a change until all lists have a product. */
  async change({ url, headers, body, lists }) {
    const changed = await get(url, { method: 'PATCH', headers, body: JSON.stringify(body) });
    if (changed.status !== 200) throw new Error(`${url}: ${changed.status} ${changed.text}`);
    const since = performance.now();
    const took = await Promise.all(lists.map((list) => untilListed(list, since)));
    return { ms: Math.max(...took), etag: changed.etag };
  },
};

async function untilListed(url, since) {
  for (;;) {
    const { text, status } = await get(url);
    const tookMs = performance.now() - since;
    if (status === 200 && JSON.parse(text).items.length > 0) return tookMs;
    if (tookMs > LIMIT_MS) throw new Error(`${url} shows nothing after ${LIMIT_MS} ms`);
    await delay(LOOK_EVERY_MS);
  }
}

function get(url, { body, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, timeout: LIMIT_MS, ...options }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode: status, headers } = response;
        resolve({ status, etag: headers.etag, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer of ${url}`)));
    sent.once('error', reject);
    sent.end(body);
  });
}
