import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisBusDriver } from 'bentocache/drivers/redis';

const TTL = '1h';

/** As its documentation sets up "memory with a bus": a first level, no second one, Redis as the bus. */
export async function openBentocache({ redisUrl, load, removed, maxEntries }) {
  const { hostname: host, port } = new URL(redisUrl);
  const bento = new BentoCache({
    default: 'items',
    ttl: TTL,
    stores: {
      items: bentostore()
        .useL1Layer(memoryDriver({ maxItems: maxEntries, maxSize: '512mb' }))
        .useBus(redisBusDriver({ connection: { host, port: Number(port) } })),
    },
  });
  // Announced just before the keys are removed, in the same step.
  bento.on('bus:message:received', ({ message }) => {
    if (message.type !== 'set') removed(message.keys);
  });
  return {
    read: (key) => bento.getOrSet({ key, factory: () => load(key) }),
    // Announced fills expire the entries of the others, so the setup does without the announcement.
    hold: async (entries) => {
      for (const [key, value] of entries) await bento.set({ key, value, skipBusNotify: true });
    },
    invalidate: (keys) =>
      keys.length === 1 ? bento.delete({ key: keys[0] }) : bento.deleteMany({ keys }),
    close: () => bento.disconnectAll(),
  };
}
