// CPU time of one hit. Each contestant has a loop of its own, so that the compiler sees one kind of call in it, as in a program that
// uses one library. Rounds are interleaved; the median is what counts.
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { createCache } from 'cache-manager';
import { Cacheable } from 'cacheable';
import { Loader } from 'layered-loader';
import { LRUCache } from 'lru-cache';
import { openCacheableMemory } from './contestants/cacheable.mjs';
import { openLockstep } from './contestants/lockstep.mjs';
import { answerOnce } from './lib/process-task.mjs';
import { fromDist } from './lib/product.mjs';
import { interleaved, median } from './lib/stats.mjs';
import { cpuMs } from './lib/time.mjs';

const KEYS = Array.from({ length: 1_000 }, (_unused, number) => `product:${number}`);
const TTL_MS = 3_600_000;
const MAX = 10_000;
/** Long enough for the clock, short enough for the lease, which needs the event loop. */
const CHUNK_MS = 25;
const CHUNKS_PER_ROUND = 3;

const itemOf = (key) => ({ id: key, name: `Item ${key}`, priceMinor: 1_999 });
const load = async (key) => itemOf(key);
/** Keeps the results alive, so that no loop is optimised away. */
let checksum = 0;

/**
 * Two passes. A handler knows the request it works for by AsyncLocalStorage, as in every server that does, and on Node 20 that makes each
 * `await` of the process dearer meanwhile. The first pass is a process without it, the second one is what a handler pays.
 */
answerOnce(async (context) => {
  const others = { ...synchronousCases(), ...(await awaitedCases()) };
  const alone = await measured(others, Math.ceil(context.rounds / 2));
  const ours = await lockstepCases(context);
  const cases = { ...others, ...ours, ...turnCases({ ...others, ...ours }) };
  const { runInContext } = await fromDist('libs/kernel/src/index');
  const together = await runInContext({ requestId: 'hits' }, () => measured(cases, context.rounds));
  if (Number.isNaN(checksum)) throw new Error('a hit had no value');
  return [...together].map(([name, ns]) => [name, { ns, aloneNs: alone.get(name) }]);
});

/** Nanoseconds of CPU time per hit: the median of the rounds. */
async function measured(cases, rounds) {
  const loops = new Map();
  // Calibration doubles as warm-up: the loop runs until a chunk takes long enough.
  for (const [name, run] of Object.entries(cases)) loops.set(name, await calibrate(run));
  const samples = await interleaved(rounds + 1, [...loops.keys()], async (name) => {
    const { run, count } = loops.get(name);
    const chunks = [];
    for (let chunk = 0; chunk < CHUNKS_PER_ROUND; chunk += 1) {
      chunks.push(await nsPerHit(run, count));
    }
    return Math.min(...chunks);
  });
  return new Map([...samples].map(([name, numbers]) => [name, median(numbers.slice(1))]));
}

async function calibrate(run) {
  let count = KEYS.length;
  for (;;) {
    const began = cpuMs();
    await run(count);
    const tookMs = cpuMs() - began;
    await new Promise((resolve) => setImmediate(resolve));
    if (tookMs >= CHUNK_MS) return { run, count };
    count *= 2;
  }
}

async function nsPerHit(run, count) {
  await new Promise((resolve) => setImmediate(resolve));
  const began = cpuMs();
  await run(count);
  return ((cpuMs() - began) * 1_000_000) / count;
}

function synchronousCases() {
  const map = new Map(KEYS.map((key) => [key, itemOf(key)]));
  const plain = new LRUCache({ max: MAX });
  const lru = new LRUCache({ max: MAX, ttl: TTL_MS });
  const layered = new Loader({
    inMemoryCache: { cacheType: 'lru-map', ttlInMsecs: TTL_MS, maxItems: MAX },
    dataSourceGetOneFn: load,
  });
  const memory = openCacheableMemory({ maxEntries: MAX });
  for (const key of KEYS) {
    plain.set(key, itemOf(key));
    lru.set(key, itemOf(key));
    memory.set(key, itemOf(key));
    layered.inMemoryCache.set(key, itemOf(key));
  }
  return {
    'Map.get': (count) => {
      for (let i = 0; i < count; i += 1) checksum += map.get(KEYS[i % 1_000]).priceMinor;
    },
    'lru-cache get, no ttl': (count) => {
      for (let i = 0; i < count; i += 1) checksum += plain.get(KEYS[i % 1_000]).priceMinor;
    },
    'lru-cache get, ttl': (count) => {
      for (let i = 0; i < count; i += 1) checksum += lru.get(KEYS[i % 1_000]).priceMinor;
    },
    'layered-loader getInMemoryOnly': (count) => {
      for (let i = 0; i < count; i += 1) {
        checksum += layered.getInMemoryOnly(KEYS[i % 1_000]).priceMinor;
      }
    },
    'CacheableMemory get': (count) => {
      for (let i = 0; i < count; i += 1) checksum += memory.get(KEYS[i % 1_000]).priceMinor;
    },
  };
}

async function awaitedCases() {
  const map = new Map(KEYS.map((key) => [key, itemOf(key)]));
  const mapGet = async (key) => map.get(key);
  const lru = new LRUCache({ max: MAX, ttl: TTL_MS, fetchMethod: load });
  const layered = new Loader({
    inMemoryCache: { cacheType: 'lru-map', ttlInMsecs: TTL_MS, maxItems: MAX },
    dataSourceGetOneFn: load,
  });
  const openBento = (driver) =>
    new BentoCache({
      default: 'items',
      ttl: '1h',
      stores: { items: bentostore().useL1Layer(memoryDriver({ maxItems: MAX, ...driver })) },
    });
  const bento = openBento({});
  const bentoObjects = openBento({ serialize: false });
  const cacheable = new Cacheable({ ttl: TTL_MS });
  const manager = createCache({ ttl: TTL_MS });
  for (const key of KEYS) {
    await lru.fetch(key);
    await layered.get(key);
    await bento.set({ key, value: itemOf(key) });
    await bentoObjects.set({ key, value: itemOf(key) });
    await cacheable.set(key, itemOf(key));
    await manager.set(key, itemOf(key));
  }
  return {
    'Map.get behind an async function, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) checksum += (await mapGet(KEYS[i % 1_000])).priceMinor;
    },
    'lru-cache fetch, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) checksum += (await lru.fetch(KEYS[i % 1_000])).priceMinor;
    },
    'layered-loader get, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) {
        checksum += (await layered.get(KEYS[i % 1_000])).priceMinor;
      }
    },
    'cache-manager get, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) {
        checksum += (await manager.get(KEYS[i % 1_000])).priceMinor;
      }
    },
    'cache-manager wrap, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) {
        const key = KEYS[i % 1_000];
        checksum += (await manager.wrap(key, () => load(key))).priceMinor;
      }
    },
    'cacheable get, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) {
        checksum += (await cacheable.get(KEYS[i % 1_000])).priceMinor;
      }
    },
    'bentocache getOrSet, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) {
        const key = KEYS[i % 1_000];
        checksum += (await bento.getOrSet({ key, factory: () => load(key) })).priceMinor;
      }
    },
    'bentocache getOrSet, not serialised, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) {
        const key = KEYS[i % 1_000];
        checksum += (await bentoObjects.getOrSet({ key, factory: () => load(key) })).priceMinor;
      }
    },
  };
}

async function lockstepCases(context) {
  const { reader } = await openLockstep({
    ...{ ...context, channel: 'bench', replica: 'bench', load, maxEntries: MAX },
    removed: () => undefined,
  });
  for (const key of KEYS) await reader.get(key);
  return {
    // As its callers write it: a hit is the value, a miss a promise.
    'Lockstep, synchronous': (count) => {
      for (let i = 0; i < count; i += 1) {
        const hit = reader.get(KEYS[i % 1_000]);
        checksum += hit instanceof Promise ? NaN : hit.priceMinor;
      }
    },
    'Lockstep, awaited': async (count) => {
      for (let i = 0; i < count; i += 1) {
        checksum += (await reader.get(KEYS[i % 1_000])).priceMinor;
      }
    },
  };
}

/** One hit in each turn of the event loop, the turn included: what a clock that is read once per turn costs when it cannot be shared. */
function turnCases(cases) {
  const inTurns = (hit) => (count) =>
    new Promise((resolve) => {
      let left = count;
      const turn = () => {
        hit(1);
        left -= 1;
        if (left > 0) setImmediate(turn);
        else resolve();
      };
      turn();
    });
  return {
    'an empty turn of the event loop': inTurns(() => undefined),
    'a turn with one hit, lru-cache with ttl': inTurns(cases['lru-cache get, ttl']),
    'a turn with one hit, Lockstep': inTurns(cases['Lockstep, synchronous']),
  };
}
