import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig, type Role } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { eventually, gate, startRedis, TcpProxy, type RedisFixture } from '#libs/testing';
import { RedisConnections } from './redis-connections.js';

const role: Role = 'commerce';
/** So long that a busy machine is not taken for a silent Redis. */
const PATIENT_MS = 10_000;

describe('RedisConnections', () => {
  let redis: RedisFixture;
  let lines: { level: string; msg: string; purpose?: string }[];
  let opened: RedisConnections[];

  beforeEach(async () => {
    redis = await startRedis();
    lines = [];
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((connections) => connections.onApplicationShutdown()));
    await redis.stop();
  });

  function connect(url = redis.url, commandTimeoutMs = PATIENT_MS): RedisConnections {
    const env = {
      REDIS_URL: url,
      CHANNEL_PREFIX: 'test',
      REDIS_COMMAND_TIMEOUT_MS: String(commandTimeoutMs),
    };
    const connections = new RedisConnections({
      config: loadConfig(env, role).redis,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger(
        { level: 'info' },
        { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) },
      ),
    });
    opened.push(connections);
    return connections;
  }

  function untilStatus(connections: RedisConnections, wanted: string): Promise<unknown> {
    return eventually(`all connections are ${wanted}`, () =>
      [...connections.states().values()].every(({ status }) => status === wanted),
    );
  }

  it('opens one named client per purpose', async () => {
    const connections = connect();
    const client = connections.open('commands');
    expect(connections.open('commands')).toBe(client);
    await untilStatus(connections, 'connected');
    expect(await client.client('GETNAME')).toBe('test:r1:commands');
  });

  it('starts without Redis, refuses commands at once, and comes back by itself', async () => {
    await redis.kill();
    const connections = connect();
    const client = connections.open('commands');
    await expect(client.get('x')).rejects.toThrow(/Stream isn't writeable/);
    await redis.restart();
    await untilStatus(connections, 'connected');
    expect(await client.set('x', '1')).toBe('OK');
  });

  it('rejects what is under way when Redis dies, and sends nothing twice', async () => {
    const connections = connect();
    const client = connections.open('commands');
    await untilStatus(connections, 'connected');
    redis.freeze();
    const underWay = client.incr('counter');
    underWay.catch(() => undefined);
    await redis.kill();
    await expect(underWay).rejects.toThrow();
    await redis.restart();
    await untilStatus(connections, 'connected');
    expect(await client.get('counter')).toBeNull();
  });

  it('reports an outage once, however often it retries', async () => {
    const connections = connect();
    const client = connections.open('commands');
    await untilStatus(connections, 'connected');
    const retries = gate();
    let attempts = 0;
    client.on('reconnecting', () => {
      attempts += 1;
      if (attempts === 4) retries.open();
    });
    await redis.kill();
    await retries.opened;
    await redis.restart();
    await untilStatus(connections, 'connected');
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'redis connection lost'],
      ['info', 'redis connection restored'],
    ]);
  });

  it('bounds a command on a frozen server, and notices the silence of a subscriber', async () => {
    const connections = connect(redis.url, 300);
    const commands = connections.open('commands');
    const subscriber = connections.open('backplane-subscriber');
    const messages: string[] = [];
    subscriber.on('message', (_channel, message: string) => messages.push(message));
    await subscriber.subscribe('news');
    await untilStatus(connections, 'connected');

    redis.freeze();
    await expect(commands.get('x')).rejects.toThrow('Command timed out');
    await eventually('the subscriber is lost', () => {
      return connections.states().get('backplane-subscriber')?.status === 'lost';
    });

    redis.thaw();
    await untilStatus(connections, 'connected');
    await eventually('a message arrives again', async () => {
      await commands.publish('news', 'hello');
      return messages.includes('hello');
    });
  });

  it('closes within its bound while Redis is frozen, dead, or was never there', async () => {
    const connections = connect();
    for (const purpose of ['commands', 'jobs-worker', 'push-subscriber'] as const) {
      connections.open(purpose);
    }
    await untilStatus(connections, 'connected');
    const neverConnected = connect('redis://127.0.0.1:1');
    const pending = neverConnected.open('jobs-worker').ping();
    pending.catch(() => undefined);
    redis.freeze();
    // Redis is thawed after that: whatever waited for it would never end.
    await Promise.all([
      connections.onApplicationShutdown(),
      neverConnected.onApplicationShutdown(),
    ]);
    await expect(pending).rejects.toThrow();
    expect(connections.states().get('commands')).toEqual({ status: 'closed' });
    redis.thaw();
  });

  /** What nobody caught while `action` ran: it would end a replica. */
  async function uncaughtDuring(action: () => Promise<void>): Promise<unknown[]> {
    const rejections: unknown[] = [];
    const record = (reason: unknown) => void rejections.push(reason);
    process.on('unhandledRejection', record);
    try {
      await action();
      await new Promise((resolve) => setImmediate(resolve));
      return rejections;
    } finally {
      process.off('unhandledRejection', record);
    }
  }

  it('survives callers that ignore the outcome of a push', async () => {
    await redis.kill();
    const connections = connect();
    const uncaught = await uncaughtDuring(async () => {
      const publisher = connections.open('push-publisher');
      void publisher.publish('news', 'nobody waits for this');
      await expect(publisher.publish('news', 'somebody does')).rejects.toThrow();
    });
    expect(uncaught).toEqual([]);
  });

  it.each(['backplane-subscriber', 'push-subscriber'] as const)(
    'closes a %s whose subscription is being renewed',
    async (purpose) => {
      const proxy = await TcpProxy.start({ targetPort: redis.port });
      const connections = connect(`redis://127.0.0.1:${proxy.port}`);
      const subscriber = connections.open(purpose);
      await subscriber.subscribe('news');
      // The subscription is asked for again at once; the answer must not come before the end.
      const isRenewing = gate();
      subscriber.once('ready', () => {
        proxy.freeze();
        isRenewing.open();
      });
      proxy.cut({ refuse: false });
      await isRenewing.opened;
      expect(await uncaughtDuring(() => connections.onApplicationShutdown())).toEqual([]);
      await proxy.stop();
    },
  );

  it('gives up a demoted primary', async () => {
    const connections = connect();
    const client = connections.open('commands');
    await untilStatus(connections, 'connected');
    const reconnecting = gate();
    client.once('reconnecting', () => reconnecting.open());
    await redis.cli('REPLICAOF', '127.0.0.1', '1');
    await expect(client.set('x', '1')).rejects.toThrow(/READONLY/);
    await reconnecting.opened;
  });
});
