// Heap that an entry of a small object takes: key, value, bookkeeping and, where there are any, tags.
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { createCache } from 'cache-manager';
import { Loader } from 'layered-loader';
import { LRUCache } from 'lru-cache';
import { openCacheableMemory } from './contestants/cacheable.mjs';
import { openLockstep } from './contestants/lockstep.mjs';
import { answerOnce } from './lib/process-task.mjs';

const TTL_MS = 3_600_000;
const itemOf = (key, number) => ({ id: key, name: `Item ${number}`, priceMinor: number });
const load = async (key) => itemOf(key, Number(key.split(':')[1]));

answerOnce(async ({ name, count, ...context }) => {
  const make = await CONTESTANTS[name](count, context);
  // What code, compilers and connections need is not the entries'.
  const warmUp = make();
  for (let number = 0; number < 1_000; number += 1) await warmUp.set(`warm-up:${number}`, number);
  const before = await settledHeap();
  // Made after that: some allocate for all entries at once.
  const { set, held } = make();
  for (let number = 0; number < count; number += 1) await set(`product:${number}`, number);
  const bytes = ((await settledHeap()) - before) / count;
  if (held() === undefined || warmUp.held() === undefined) throw new Error('nothing is held');
  return bytes;
});

async function settledHeap() {
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const CONTESTANTS = {
  map: () => () => {
    const map = new Map();
    return { set: (key, number) => void map.set(key, itemOf(key, number)), held: () => map };
  },
  'lru-cache': (count) => () => {
    const lru = new LRUCache({ max: count, ttl: TTL_MS });
    return { set: (key, number) => void lru.set(key, itemOf(key, number)), held: () => lru };
  },
  'layered-loader': (count) => () => {
    const loader = new Loader({
      inMemoryCache: { cacheType: 'lru-map', ttlInMsecs: TTL_MS, maxItems: count },
      dataSourceGetOneFn: load,
    });
    return { set: (key) => loader.get(key), held: () => loader };
  },
  bentocache: (count) => () => {
    const items = bentostore().useL1Layer(memoryDriver({ maxItems: count, maxSize: '1gb' }));
    const bento = new BentoCache({ default: 'items', ttl: '1h', stores: { items } });
    const set = (key, number) => bento.set({ key, value: itemOf(key, number) });
    return { set, held: () => bento };
  },
  cacheable: (count) => () => {
    const memory = openCacheableMemory({ maxEntries: count });
    return { set: (key, number) => memory.set(key, itemOf(key, number)), held: () => memory };
  },
  'cache-manager': () => () => {
    const manager = createCache({ ttl: TTL_MS });
    return { set: (key, number) => manager.set(key, itemOf(key, number)), held: () => manager };
  },
  lockstep: async (count, context) => {
    const { newReader } = await openLockstep({
      ...{ ...context, channel: 'bench', replica: 'bench', maxEntries: count, load },
      removed: () => undefined,
    });
    return () => {
      const reader = newReader();
      return { set: (key) => reader.get(key), held: () => reader };
    };
  },
};
