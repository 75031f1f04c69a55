import { findRedisBinary } from '../../../../tools/lib/redis-binary.mjs';
import { fromDist, requireOfProduct } from './product.mjs';

const ARGUMENTS = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];

/** An empty Redis on 127.0.0.1 that ends with this process. */
export async function startRedis() {
  const { startRedisServer } = await fromDist('tools/fleet/redis-server');
  const { server: binary, version } = await findRedisBinary();
  let server = await startRedisServer({ binary, args: ARGUMENTS });
  const { port, url } = server;
  let client = connect(url);
  const end = async () => {
    client.disconnect();
    server.kill('SIGKILL');
    await server.exited;
  };
  return {
    url,
    port,
    version,
    /** CPU time of the server in milliseconds, exact. */
    cpuMs: async () => {
      const info = await client.info('cpu');
      const seconds = (field) => Number(new RegExp(`^${field}:(.+)$`, 'm').exec(info)[1]);
      return (seconds('used_cpu_sys') + seconds('used_cpu_user')) * 1_000;
    },
    killSubscribers: () => client.client('KILL', 'TYPE', 'pubsub'),
    kill: end,
    /** Another one on the same port; it knows nothing of the first. */
    restart: async () => {
      server = await startRedisServer({ binary, args: ARGUMENTS, port });
      client = connect(url);
    },
    stop: end,
  };
}

function connect(url) {
  const { Redis } = requireOfProduct('ioredis');
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  return client;
}
