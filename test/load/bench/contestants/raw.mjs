// The bare technique: a Map in each process and PUBLISH/SUBSCRIBE with the client that the product uses.
import { requireOfProduct } from '../lib/product.mjs';

/** `isBatched` false: one PUBLISH per key instead of one per call. */
export async function openRaw({ redisUrl, channel, load, removed, isBatched = true }) {
  const { Redis } = requireOfProduct('ioredis');
  const publisher = new Redis(redisUrl);
  const subscriber = new Redis(redisUrl);
  const items = new Map();
  const loads = new Map();
  // Outages are part of the contest; without a listener ioredis prints each of them.
  for (const client of [publisher, subscriber]) client.on('error', () => undefined);
  subscriber.on('message', (_channel, text) => {
    const keys = JSON.parse(text);
    for (const key of keys) items.delete(key);
    removed(keys);
  });
  await subscriber.subscribe(channel);

  const loadInto = async (key) => {
    try {
      const item = await load(key);
      items.set(key, item);
      return item;
    } finally {
      loads.delete(key);
    }
  };
  return {
    read: (key) => {
      const item = items.get(key);
      if (item !== undefined) return item;
      const present = loads.get(key) ?? loadInto(key);
      loads.set(key, present);
      return present;
    },
    hold: (entries) => {
      for (const [key, item] of entries) items.set(key, item);
    },
    invalidate: (keys) => {
      for (const key of keys) items.delete(key);
      if (isBatched) return publisher.publish(channel, JSON.stringify(keys));
      return Promise.all(keys.map((key) => publisher.publish(channel, JSON.stringify([key]))));
    },
    close: () => {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
