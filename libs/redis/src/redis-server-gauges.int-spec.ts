import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger, Metrics } from '#libs/observability';
import { eventually, startRedis, type RedisFixture } from '#libs/testing';
import { RedisConnections } from './redis-connections.js';
import { registerServerGauges } from './redis-server-gauges.js';

const MAX_BYTES = 3_000_000;

describe('what replicas tell of the memory of Redis', () => {
  let redis: RedisFixture;
  let connections: RedisConnections;
  let metrics: Metrics;

  beforeEach(async () => {
    redis = await startRedis({
      args: ['--maxmemory', String(MAX_BYTES), '--maxmemory-policy', 'allkeys-random'],
    });
    connections = new RedisConnections({
      config: loadConfig({ REDIS_URL: redis.url, REDIS_COMMAND_TIMEOUT_MS: '10000' }, 'commerce')
        .redis,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
    });
    metrics = new Metrics();
    registerServerGauges(metrics, connections);
    await eventually('connected', () => connections.open('commands').status === 'ready');
  });

  afterEach(async () => {
    await connections.onApplicationShutdown();
    await redis.stop();
  });

  const told = async (name: string): Promise<number | undefined> => {
    const { body } = await metrics.render();
    const text = new RegExp(`^lockstep_redis_${name} (\\S+)$`, 'm').exec(body)?.[1];
    return text === undefined ? undefined : Number(text);
  };

  it('is what it uses and may use, and that it throws keys away', async () => {
    expect(await told('evicted_keys')).toBe(0);
    expect(await told('max_bytes')).toBe(MAX_BYTES);
    const empty = (await told('used_bytes')) ?? 0;
    const client = connections.open('commands');
    const value = 'x'.repeat(10_000);
    for (let key = 0; key < 300; key += 1) await client.set(`key-${key}`, value);
    expect(await told('used_bytes')).toBeGreaterThan(empty + 500_000);
    expect(await told('evicted_keys')).toBeGreaterThan(0);
  });

  it('is nothing while it does not answer, and no gauge that is missing', async () => {
    expect(await told('evicted_keys')).toBe(0);
    await redis.kill();
    await eventually('it is missed', async () => (await told('evicted_keys')) === undefined);
    expect(await told('used_bytes')).toBeUndefined();
    expect((await metrics.render()).body).not.toMatch(/collect_failures_total\S* [1-9]/);
  });
});
