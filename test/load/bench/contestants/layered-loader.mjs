import { createNotificationPair, Loader } from 'layered-loader';
import { Redis } from 'ioredis';

const TTL_MS = 3_600_000;

/** A loader with memory and its Redis notifications. */
export async function openLayeredLoader({ redisUrl, channel, load, removed, maxEntries }) {
  const [publisherRedis, consumerRedis] = [new Redis(redisUrl), new Redis(redisUrl)];
  for (const client of [publisherRedis, consumerRedis]) client.on('error', () => undefined);
  const { publisher, consumer } = createNotificationPair({
    channel,
    publisherRedis,
    consumerRedis,
    errorHandler: () => undefined,
  });
  const loader = new Loader({
    inMemoryCache: { cacheType: 'lru-map', ttlInMsecs: TTL_MS, maxItems: maxEntries },
    dataSourceGetOneFn: load,
    notificationConsumer: consumer,
    notificationPublisher: publisher,
  });
  await loader.init();
  const memory = loader.inMemoryCache;
  const [remove, removeMany] = [memory.delete.bind(memory), memory.deleteMany.bind(memory)];
  memory.delete = (key) => {
    remove(key);
    removed([key]);
  };
  memory.deleteMany = (keys) => {
    removeMany(keys);
    removed(keys);
  };
  return {
    loader,
    read: (key) => loader.getInMemoryOnly(key) ?? loader.getAsyncOnly(key),
    hold: (entries) => {
      for (const [key, item] of entries) memory.set(key, item);
    },
    invalidate: (keys) =>
      keys.length === 1 ? loader.invalidateCacheFor(keys[0]) : loader.invalidateCacheForMany(keys),
    close: () => {
      publisherRedis.disconnect();
      consumerRedis.disconnect();
    },
  };
}
