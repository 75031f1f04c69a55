import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { z } from 'zod';
import { ConfigModule, loadConfig, type Role } from '#libs/config';
import { DatabaseModule } from '#libs/database';
import { createLogger, Logger, Metrics, ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import {
  describeOnEachDatabase,
  eventually,
  startRedis,
  type RedisFixture,
  type DatabaseFixture,
} from '#libs/testing';
import { CacheModule } from '../cache.module.js';
import { SharedCache } from './shared-cache.js';

const SECRET = 'a-session-id';

describeOnEachDatabase('a replica', (open) => {
  let redis: RedisFixture;
  let database: DatabaseFixture;
  let lines: string[];
  let replicas: TestingModule[];

  beforeAll(async () => {
    redis = await startRedis();
    database = await open();
    lines = [];
    replicas = [await start('commerce'), await start('authoring')];
  });

  afterAll(async () => {
    redis.thaw();
    for (const replica of replicas) await replica.close();
    await redis.stop();
    await database.remove();
  });

  async function start(role: Role): Promise<TestingModule> {
    const config = loadConfig(
      { DATABASE_URL: database.url, REDIS_URL: redis.url, REPLICA_ID: role },
      role,
    );
    const replica = await Test.createTestingModule({
      imports: [
        ConfigModule.forConfig(config),
        ObservabilityModule,
        RedisModule,
        DatabaseModule.forRoot({ isMigrating: true }),
        CacheModule,
      ],
    })
      .overrideProvider(Logger)
      .useValue(createLogger({ level: 'debug' }, { write: (line) => void lines.push(line) }))
      .compile();
    await replica.init();
    return replica;
  }

  async function metricsOf(replica: TestingModule): Promise<string> {
    return (await replica.get(Metrics).render()).body;
  }

  it('of either role shares values with the others, and says how it goes without saying what', async () => {
    const regions = replicas.map((replica) =>
      replica.get(SharedCache).region({ name: 'session', schema: z.string() }),
    );
    const [commerce, authoring] = regions;
    await eventually('it is stored', async () => {
      return (await commerce!.put(SECRET, 'shopper')).outcome === 'stored';
    });
    await eventually('it is seen', async () => (await authoring!.get(SECRET))?.value === 'shopper');
    expect(await metricsOf(replicas[0]!)).toMatch(
      /lockstep_shared_cache_operations_total\{region="session",operation="put",result="stored",role="\w+"\} 1/,
    );
    expect(await metricsOf(replicas[0]!)).toMatch(
      /^lockstep_shared_cache_circuit_open\{role="\w+"\} 0$/m,
    );

    redis.freeze();
    expect(await commerce!.get(SECRET)).toBeUndefined();
    const metrics = await metricsOf(replicas[0]!);
    expect(metrics).toMatch(/^lockstep_shared_cache_circuit_open\{role="\w+"\} 1$/m);
    expect(metrics).toMatch(
      /^lockstep_shared_cache_failures_total\{reason="silent",role="\w+"\} \d+$/m,
    );
    redis.thaw();
    await eventually('it is seen again', async () => {
      return (await commerce!.get(SECRET))?.value === 'shopper';
    });
    expect(lines.join('')).toContain('the shared cache gets no answer');
    expect(lines.join('')).toContain('the shared cache answers again');
    expect(lines.join('') + (await metricsOf(replicas[0]!))).not.toContain(SECRET);
  });
});
