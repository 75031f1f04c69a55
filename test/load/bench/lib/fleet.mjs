// The processes of one contestant: A writes, B and C hold copies.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const agentFile = fileURLToPath(new URL('../agent.mjs', import.meta.url));
const ANSWER_WITHIN_MS = 120_000;
const KEPT_BYTES = 4_000;

/** A process that carries out orders. `ended` is true once it is gone, whatever ended it. */
export function startAgent() {
  const child = fork(agentFile, { execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output = (output + chunk).slice(-KEPT_BYTES)));
  }
  const waiting = new Map();
  const agent = { pid: child.pid, ended: false };
  let lastId = 0;
  let ready;
  const isReady = new Promise((resolve) => (ready = resolve));
  child.on('message', ({ id, result, error, isReady: isUp }) => {
    if (isUp) return ready();
    const { resolve, reject, timer } = waiting.get(id) ?? {};
    clearTimeout(timer);
    waiting.delete(id);
    if (error === undefined) return resolve?.(result);
    return reject?.(new Error(error));
  });
  child.on('exit', () => {
    agent.ended = true;
    ready();
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new ProcessEnded(output));
    }
    waiting.clear();
  });
  agent.order = async (order, options) => {
    await isReady;
    if (agent.ended) throw new ProcessEnded(output);
    const id = (lastId += 1);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error(`"${order}" was not answered in time:\n${output}`));
      }, ANSWER_WITHIN_MS);
      waiting.set(id, { resolve, reject, timer });
      child.send({ id, order, options }, (error) => error && reject(new ProcessEnded(output)));
    });
  };
  agent.kill = () => {
    child.kill('SIGKILL');
    return agent.ended ? undefined : new Promise((resolve) => child.once('exit', resolve));
  };
  return agent;
}

/** The process of the contestant is gone in the middle of an order. */
export class ProcessEnded extends Error {}

/**
 * Opens the contestant in three processes. `redisUrlOf` gives each its way to Redis ('A', 'B', 'C'). They stay until `stop`, which ends
 * them by force: how a library closes is not part of the contest.
 */
export async function startFleet({ name, redisUrlOf, databaseFile, hasTable, maxEntries }) {
  const agents = {};
  const stop = async () => {
    await Promise.all(Object.values(agents).map((agent) => agent.kill()));
  };
  try {
    for (const role of ['A', 'B', 'C']) agents[role] = startAgent();
    const open = (role) =>
      agents[role].order('open', {
        ...{ name, databaseFile, hasTable, maxEntries },
        redisUrl: redisUrlOf(role),
        channel: `bench-${name}`,
        replica: `bench-${role.toLowerCase()}`,
      });
    // The first one makes the database.
    await open('A');
    await Promise.all([open('B'), open('C')]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...agents, stop };
}
