import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { eventually, startRedis, type RedisFixture } from '#libs/testing';
import type { Redis } from 'ioredis';
import { RedisConnections } from './redis-connections.js';
import { isRedisRefusal } from './redis-refusal.js';
import { RedisScript } from './redis-script.js';

describe('RedisScript', () => {
  let redis: RedisFixture;
  let connections: RedisConnections;
  let client: Redis;
  let add: RedisScript;

  beforeEach(async () => {
    redis = await startRedis();
    await connect({ REDIS_COMMAND_TIMEOUT_MS: '10000' });
  });

  /** Where Redis is not taken away, a slow machine must not look like that. */
  async function connect(patience: { readonly REDIS_COMMAND_TIMEOUT_MS?: string }): Promise<void> {
    const env = { REDIS_URL: redis.url, CHANNEL_PREFIX: 'test', ...patience };
    connections = new RedisConnections({
      config: loadConfig(env, 'commerce').redis,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
    });
    client = connections.open('commands');
    add = new RedisScript(client, {
      name: 'addToSum',
      keyCount: 1,
      lua: `return redis.call('INCRBY', KEYS[1], ARGV[1])`,
    });
    await eventually('the connection is ready', () => client.status === 'ready');
  }

  afterEach(async () => {
    await connections.onApplicationShutdown();
    redis.thaw();
    await redis.stop();
  });

  it('travels once, and by its hash from then on', async () => {
    await add.run(['sum'], [1]);
    expect(await add.run(['sum'], [2])).toBe(3);
    expect(await redis.cli('INFO', 'commandstats')).toMatch(
      /cmdstat_evalsha:calls=1,[^]*cmdstat_eval:calls=1,|cmdstat_eval:calls=1,[^]*cmdstat_evalsha:calls=1,/,
    );
  });

  it('is sent again when Redis has forgotten it, also by many at once, and runs once for each', async () => {
    await add.run(['sum'], [1]);
    await redis.cli('SCRIPT', 'FLUSH');
    await Promise.all(Array.from({ length: 20 }, () => add.run(['sum'], [1])));
    expect(await client.get('sum')).toBe('21');
  });

  it('is known to a Redis that was started anew', async () => {
    await add.run(['sum'], [1]);
    await redis.restart();
    await eventually('it runs', () => add.run(['sum'], [5]));
    expect(await client.get('sum')).toBe('5');
  });

  it('tells a refusal from an answer that never came', async () => {
    await client.lpush('list', 'x');
    const refusal: unknown = await add.run(['list'], [1]).catch((error: unknown) => error);
    expect(isRedisRefusal(refusal)).toBe(true);
    await connections.onApplicationShutdown();
    await connect({});
    redis.freeze();
    const silence: unknown = await add.run(['sum'], [1]).catch((error: unknown) => error);
    expect(silence).toBeInstanceOf(Error);
    expect(isRedisRefusal(silence)).toBe(false);
  });
});
