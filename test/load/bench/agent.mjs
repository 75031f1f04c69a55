// One process of a contestant's fleet: takes orders from the runner over IPC, and ends with it.
import { fleetContestants } from './contestants/index.mjs';
import { keyOf, openItemTable } from './lib/item-table.mjs';
import { cpuMs, delay, machineMs, waitFor } from './lib/time.mjs';

const TICK_MS = 5;
const SLOWEST_WRITE_MS = 15_000;

let contestant;
let table;
let loads = 0;
let loadTakesMs = 0;
/** Loads of this key alone are counted; undefined: of every key. */
let countedKey;
/** Keys that a message of another process removed, with the time. */
let removals = [];
let removalCount = 0;
let isRemovalTimed = false;
let probing;

const itemOf = (key) => ({ id: key, version: 0, name: `Item ${key}`, priceMinor: 1999 });

async function load(key) {
  if (countedKey === undefined || key === countedKey) loads += 1;
  if (loadTakesMs > 0) await delay(loadTakesMs);
  return table?.find(key) ?? itemOf(key);
}

/** Only counts in a storm: the contestant pays for what is done here. */
function removed(names, toKey = (key) => key) {
  removalCount += names.length;
  if (!isRemovalTimed) return;
  const now = machineMs();
  for (const name of names) removals.push([toKey(name), now]);
}

async function write(keys) {
  if (contestant.write !== undefined) return contestant.write(keys);
  table.write(keys);
  return contestant.invalidate(keys);
}

/** Calls `task` with the numbers of the next batch every tick, as many as are due; resolves at the end. */
async function paced({ from, count, perSecond, batch }, task) {
  const began = machineMs();
  for (let done = 0; done < count;) {
    const due = Math.min(count, Math.floor(((machineMs() - began) / 1_000) * perSecond));
    while (done < due) {
      const size = Math.min(batch, count - done);
      const keys = Array.from({ length: size }, (_unused, index) => keyOf(from + done + index));
      task(keys);
      done += size;
    }
    await delay(TICK_MS);
  }
}

const orders = {
  async open({ name, databaseFile, hasTable, ...context }) {
    contestant = await fleetContestants[name].open({ ...context, databaseFile, load, removed });
    if (hasTable) table = openItemTable(databaseFile);
  },
  createItems: ({ count }) => void table.create(count),
  async hold({ from, count }) {
    const entries = [];
    for (let number = from; number < from + count; number += 1) {
      const key = keyOf(number);
      entries.push([key, table?.find(key) ?? itemOf(key)]);
    }
    await contestant.hold(entries);
  },
  /** Starts the counters anew. */
  mark({ isTimed = false }) {
    [removals, removalCount, isRemovalTimed, loads] = [[], 0, isTimed, 0];
    return cpuMs();
  },
  collect: () => ({ removals, removalCount, loads, cpuMs: cpuMs() }),
  /** One change at a time; answers when each began. */
  async propagate({ from, count, pauseMs }) {
    const began = [];
    for (let number = from; number < from + count; number += 1) {
      const key = keyOf(number);
      began.push([key, machineMs()]);
      await (contestant.write ?? contestant.invalidate)([key]);
      await delay(pauseMs * (0.5 + Math.random()));
    }
    return began;
  },
  async storm(pace) {
    const leftBefore = contestant.leftToTheLog?.() ?? 0;
    const before = cpuMs();
    const began = machineMs();
    const underWay = [];
    await paced(pace, (keys) => underWay.push(contestant.invalidate(keys)));
    await Promise.all(underWay);
    return {
      cpuMs: cpuMs() - before,
      tookMs: machineMs() - began,
      leftToTheLog: (contestant.leftToTheLog?.() ?? 0) - leftBefore,
    };
  },
  async stampede({ key, readers, atMs, takesMs }) {
    // The product compares an entry a second with the database, by a load of some other key.
    [loadTakesMs, loads, countedKey] = [takesMs, 0, key];
    await delay(Math.max(0, atMs - machineMs()));
    await Promise.all(Array.from({ length: readers }, async () => contestant.read(key)));
    [loadTakesMs, countedKey] = [0, undefined];
    return loads;
  },
  /** Random reads of `count` keys that nobody changes. */
  async readAround({ from, count, forMs, readsPerTick }) {
    loads = 0;
    let reads = 0;
    const until = machineMs() + forMs;
    while (machineMs() < until) {
      for (let read = 0; read < readsPerTick; read += 1) {
        await contestant.read(keyOf(from + Math.floor(Math.random() * count)));
        reads += 1;
      }
      await delay(TICK_MS);
    }
    return { reads, loads };
  },
  /** Commits changes at a pace and never waits for one before the next; answers how long the slowest took. */
  async write(pace) {
    let slowestMs = 0;
    let failures = 0;
    const underWay = [];
    await paced(pace, (keys) => {
      const began = machineMs();
      const done = Promise.resolve(write(keys)).then(
        () => (slowestMs = Math.max(slowestMs, machineMs() - began)),
        () => (failures += 1),
      );
      underWay.push(done);
    });
    // Some libraries never answer an announcement that got lost; the slowest then counts as the limit.
    const isDone = await Promise.race([Promise.all(underWay), delay(SLOWEST_WRITE_MS)]);
    return { slowestMs: isDone === undefined ? SLOWEST_WRITE_MS : slowestMs, failures };
  },
  /** Reads all keys again and again and notes the stale answers, until `stopProbe`. */
  startProbe({ from, count, everyMs }) {
    probing = { isStopped: false, answers: 0, stale: 0, oldestMs: 0 };
    probing.done = probe(probing, { from, count, everyMs });
  },
  async stopProbe() {
    probing.isStopped = true;
    await probing.done;
    const { answers, stale, oldestMs } = probing;
    return { answers, stale, oldestMs };
  },
  /** How many of the keys are answered with something else than what the database holds. */
  async countStale({ from, count }) {
    const answers = new Map();
    for (let number = from; number < from + count; number += 1) {
      const key = keyOf(number);
      answers.set(key, (await contestant.read(key))?.version);
    }
    const stale = [...answers].filter(([key, version]) => version !== table.find(key).version);
    return stale.length;
  },
  async countLoads({ from, count }) {
    loads = 0;
    for (let number = from; number < from + count; number += 1)
      await contestant.read(keyOf(number));
    return loads;
  },
  async close() {
    await contestant?.close();
    table?.close();
  },
};

async function probe(state, { from, count, everyMs }) {
  while (!state.isStopped) {
    const answers = [];
    for (let number = from; number < from + count; number += 1) {
      const key = keyOf(number);
      const item = await contestant.read(key);
      answers.push([key, item?.version, machineMs()]);
    }
    const written = new Map(table.written().map((row) => [row.id, row]));
    for (const [key, version, atMs] of answers) {
      const truth = written.get(key);
      // Not changed yet when it was answered.
      if (truth === undefined || truth.writtenAtMs > atMs) continue;
      state.answers += 1;
      if (version === truth.version) continue;
      state.stale += 1;
      state.oldestMs = Math.max(state.oldestMs, atMs - truth.writtenAtMs);
    }
    await waitFor(() => state.isStopped || undefined, everyMs, everyMs);
  }
}

async function carryOut({ id, order, options }) {
  try {
    process.send({ id, result: await orders[order](options ?? {}) });
  } catch (error) {
    process.send({ id, error: error.stack ?? String(error) });
  }
}

process.on('message', (message) => void carryOut(message));
process.on('disconnect', () => process.exit(0));
process.send({ isReady: true });
