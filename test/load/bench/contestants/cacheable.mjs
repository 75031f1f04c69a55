import { Cacheable, CacheableMemory, Keyv, KeyvCacheableMemory } from 'cacheable';
import { RedisMessageProvider } from '@qified/redis';

const TTL_MS = 3_600_000;

/**
 * Memory with sync over Redis. `hasErrorListeners` false is the documented setup: its Redis clients then have no listener for errors,
 * and a lost connection ends the process.
 */
export async function openCacheable(context) {
  const { redisUrl, channel, load, removed, maxEntries, hasErrorListeners = true } = context;
  const provider = new RedisMessageProvider({ uri: redisUrl });
  if (hasErrorListeners) {
    for (const client of [provider.pub, provider.sub]) client.on('error', () => undefined);
  }
  await provider.connect();
  const primary = new Keyv({ store: new KeyvCacheableMemory({ lruSize: maxEntries }) });
  const cache = new Cacheable({
    primary,
    ttl: TTL_MS,
    namespace: channel,
    sync: { qified: [provider], namespace: channel },
  });
  const remove = cache.primary.delete.bind(cache.primary);
  cache.primary.delete = async (key) => {
    const answer = await remove(key);
    removed([key]);
    return answer;
  };
  cache.on('error', () => undefined);
  return {
    read: (key) => cache.getOrSet(key, () => load(key)),
    // Past the sync, which would send every value to every process.
    hold: async (entries) => {
      for (const [key, item] of entries) await cache.primary.set(key, item, TTL_MS);
    },
    // deleteMany announces the keys one by one as well, and each only after the one before.
    invalidate: (keys) => Promise.all(keys.map((key) => cache.delete(key))),
    close: async () => {
      provider.pub.destroy();
      provider.sub.destroy();
    },
  };
}

/** Its in-process cache alone. */
export function openCacheableMemory({ maxEntries }) {
  return new CacheableMemory({ ttl: TTL_MS, lruSize: maxEntries });
}
