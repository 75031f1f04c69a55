// The bare technique: a Map in each process and PUBLISH/SUBSCRIBE with the client that the product uses.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { requireOfProduct } from '../lib/product.mjs';

const secret = createSecretKey(Buffer.alloc(32, 7));
const CODE_LENGTH = 43;
const codeOf = (text) => createHmac('sha256', secret).update(text).digest('base64url');
const authentic = {
  encode: (keys) => {
    const text = JSON.stringify(keys);
    return codeOf(text) + text;
  },
  decode: (message) => {
    const text = message.slice(CODE_LENGTH);
    const code = Buffer.from(message.slice(0, CODE_LENGTH));
    return timingSafeEqual(code, Buffer.from(codeOf(text))) ? JSON.parse(text) : [];
  },
};
const trusting = { encode: JSON.stringify, decode: JSON.parse };

/** `isBatched` false: one PUBLISH per key instead of one per call. `isAuthentic`: each message carries a code that is checked. */
export async function openRaw(context) {
  const { redisUrl, channel, load, removed, isBatched = true, isAuthentic = false } = context;
  const { encode, decode } = isAuthentic ? authentic : trusting;
  const { Redis } = requireOfProduct('ioredis');
  const publisher = new Redis(redisUrl);
  const subscriber = new Redis(redisUrl);
  const items = new Map();
  const loads = new Map();
  // Outages are part of the contest; without a listener ioredis prints each of them.
  for (const client of [publisher, subscriber]) client.on('error', () => undefined);
  subscriber.on('message', (_channel, text) => {
    const keys = decode(text);
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
      if (isBatched) return publisher.publish(channel, encode(keys));
      return Promise.all(keys.map((key) => publisher.publish(channel, encode([key]))));
    },
    close: () => {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
