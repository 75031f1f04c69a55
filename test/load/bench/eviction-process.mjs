// Which share of reads a bounded cache answers, for streams of reads that stress what it throws out. Counts, so it needs no quiet machine.
import { LRUCache } from 'lru-cache';
import { composeLoneCache } from '../../../libs/cache/test/processes/lone-cache.mjs';
import { answerOnce } from './lib/process-task.mjs';
import { streams } from './lib/read-streams.mjs';

const TTL_MS = 3_600_000;

/** Answers `{ [stream]: { [contestant]: share of hits } }`. */
answerOnce(async ({ reads, capacity }) => {
  const contestants = {
    'lru-cache': lruCache,
    Lockstep: lockstep(),
    'the best that is possible': optimum,
  };
  const results = {};
  for (const [stream, keysOf] of Object.entries(streams)) {
    const keys = keysOf(reads, capacity);
    results[stream] = {};
    for (const [name, hitsOf] of Object.entries(contestants)) {
      results[stream][name] = (await hitsOf(keys, capacity)) / keys.length;
    }
  }
  return results;
});

function lruCache(keys, capacity) {
  const lru = new LRUCache({ max: capacity, ttl: TTL_MS });
  let hits = 0;
  for (const key of keys) {
    if (lru.get(key) !== undefined) hits += 1;
    else lru.set(key, { key });
  }
  return hits;
}

/** The production reader, with a loader that answers at once. */
function lockstep() {
  return async (keys, capacity) => {
    const cache = composeLoneCache();
    const reader = cache.reader({
      name: 'eviction',
      key: { textOf: String, keyOf: (text) => text },
      load: (key) => Promise.resolve({ key }),
      ttlMs: TTL_MS,
      maxEntries: capacity,
    });
    for (const key of keys) {
      const hit = reader.get(key);
      if (hit instanceof Promise) await hit;
    }
    return reader.stats.hits;
  };
}

/** Throws out what is asked for again last; needs to know the future (Belady 1966). */
function optimum(keys, capacity) {
  const next = new Float64Array(keys.length);
  const seen = new Map();
  for (let at = keys.length - 1; at >= 0; at -= 1) {
    next[at] = seen.get(keys[at]) ?? Infinity;
    seen.set(keys[at], at);
  }
  const held = new Map();
  // A heap of [next use, key]; what is no longer true of a key is passed over.
  const latest = new LatestFirst();
  let hits = 0;
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at];
    if (held.has(key)) hits += 1;
    else if (held.size >= capacity) {
      let victim = latest.take();
      while (held.get(victim.key) !== victim.use) victim = latest.take();
      held.delete(victim.key);
    }
    held.set(key, next[at]);
    latest.add({ use: next[at], key });
  }
  return hits;
}

class LatestFirst {
  items = [];

  add(item) {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent].use >= item.use) break;
      items[at] = items[parent];
      at = parent;
    }
    items[at] = item;
  }

  take() {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1].use > items[child].use) child += 1;
      if (items[child].use <= last.use) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = last;
    return top;
  }
}
