// The clients of `bench:reads`: one that measures, others that ask what nobody has asked before.
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 60_000;

/** Milliseconds of single requests to `url`, one after the other with a pause, until the time is over. */
export async function timesOf(url, { seconds, pauseMs }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const endMs = performance.now() + seconds * 1_000;
  const times = [];
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  while (performance.now() < endMs) {
    const sent = performance.now();
    const status = await get(url, agent);
    times.push(performance.now() - sent);
    if (status !== 200) throw new Error(`${url} was answered ${status}`);
    await delay(pauseMs);
  }
  own.disable();
  agent.destroy();
  return { times, ownDelayMs: own.percentile(99) / 1e6 };
}

/** `count` clients, each asking the next question as soon as it is answered; ends with `stop()`. */
export function startAsking(count, urlOf) {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const answers = {};
  const times = [];
  let asked = 0;
  let isStopped = false;
  const clients = Array.from({ length: count }, async () => {
    while (!isStopped) {
      const sent = performance.now();
      const status = await get(urlOf((asked += 1)), agent).catch((error) => error.code);
      if (isStopped) return;
      answers[status] = (answers[status] ?? 0) + 1;
      times.push(performance.now() - sent);
    }
  });
  const stop = async () => {
    isStopped = true;
    // Those under way are given up, as by clients that went away.
    agent.destroy();
    await Promise.all(clients);
    return { answers, times };
  };
  return { stop };
}

function get(url, agent) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, timeout: LIMIT_MS }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
      response.once('error', reject);
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer within ${LIMIT_MS} ms`)));
    sent.once('error', reject);
    sent.end();
  });
}
