import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, type LimitName } from '#libs/config';
import { createReplicaApp, HttpModule, Public } from '#libs/http';
import { systemClock } from '#libs/kernel';
import { Metrics, ObservabilityModule } from '#libs/observability';
import { RedisConnections, RedisModule } from '#libs/redis';
import { eventually, inOwnTime, startRedis, type RedisFixture } from '#libs/testing';
import { LimitsModule } from './limits.module.js';

const QUOTA = 40;
const PREFIX = 'limits-test';
/** Of an answer that waits for nothing; the shortest wait for a Redis that is silent is longer. */
const AT_ONCE_MS = 900;
const COMMAND_TIMEOUT_MS = 2_000;

let work = 0;

@Public()
@Controller('shop')
class ShopController {
  @Get('page')
  page(): object {
    work += 1;
    return {};
  }

  @Post('cart')
  @HttpCode(201)
  cart(): object {
    work += 1;
    return {};
  }
}

function limitOf(_method: string, url: string): LimitName | undefined {
  if (url.includes('cart')) return 'carts';
  return url.includes('shop') ? 'reads' : undefined;
}

@Module({
  imports: [ObservabilityModule, RedisModule, LimitsModule.forRoutes(limitOf), HttpModule],
  controllers: [ShopController],
})
class ShopModule {}

describe('limits', () => {
  let redis: RedisFixture;
  let replicas: NestFastifyApplication[];

  beforeEach(async () => {
    work = 0;
    redis = await startRedis();
    replicas = [await open('c1'), await open('c2')];
  });

  afterEach(async () => {
    redis.thaw();
    await Promise.all(replicas.map((replica) => replica.close()));
    await redis.stop();
  });

  async function open(replica: string): Promise<NestFastifyApplication> {
    const env = {
      REDIS_URL: redis.url,
      REDIS_COMMAND_TIMEOUT_MS: String(COMMAND_TIMEOUT_MS),
      CHANNEL_PREFIX: PREFIX,
      REPLICA_ID: replica,
      TRUSTED_PROXIES: '127.0.0.1',
      CORS_ORIGINS: 'https://shop.example',
      LIMIT_CARTS: String(QUOTA),
      LIMIT_READS: String(QUOTA),
      LOG_LEVEL: 'silent',
    };
    const app = await createReplicaApp(loadConfig(env, 'commerce'), { module: ShopModule });
    const client = app.get(RedisConnections).open('commands');
    await eventually('connected', () => client.status === 'ready');
    return app;
  }

  function ask(replica: number, address: string, url = '/api/v1/shop/cart') {
    return replicas[replica]!.inject({
      method: url.endsWith('cart') ? 'POST' : 'GET',
      url,
      headers: { 'x-forwarded-for': address, origin: 'https://shop.example' },
    });
  }

  async function statusesOf(replica: number, address: string, times: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1) {
      statuses.push((await ask(replica, address)).statusCode);
    }
    return statuses;
  }

  const admitted = (statuses: readonly number[]) =>
    statuses.filter((status) => status === 201).length;

  /** What a quota leaks while a test runs; a slow machine leaks more. */
  function leaked(sinceMs: number): number {
    return Math.ceil(((systemClock.monotonicMs() - sinceMs) / 60_000) * QUOTA) + 1;
  }

  const reports = async (replica: number, outcome: string): Promise<number> => {
    const { body: text } = await replicas[replica]!.get(Metrics).render();
    const line = text
      .split('\n')
      .find((each) => each.startsWith(`lockstep_limits_reports_total{`) && each.includes(outcome));
    return Number(line?.split(' ').at(-1) ?? 0);
  };

  /** Asks the first replica; what it has let through is known to both then. */
  async function askAndTell(address: string) {
    const before = await reports(0, 'told');
    const answer = await ask(0, address);
    await eventually('a report', async () => (await reports(0, 'told')) > before);
    return answer;
  }

  it('holds a client to one quota at both replicas together, and nobody else', async () => {
    const sinceMs = systemClock.monotonicMs();
    expect(admitted(await statusesOf(0, '192.0.2.1', QUOTA / 2))).toBe(QUOTA / 2);
    // On a slow machine the first report has some of them only.
    await eventually('all are told', async () => {
      const leak = ((systemClock.monotonicMs() - sinceMs) / 60_000) * QUOTA;
      return (await levelOfOnlyClient()) >= QUOTA / 2 - leak;
    });
    // The second replica hears of the first with its own first report.
    await statusesOf(1, '192.0.2.1', 1);
    await allToldAfter(1);
    const more = await statusesOf(1, '192.0.2.1', QUOTA);
    expect(admitted(more)).toBeLessThanOrEqual(QUOTA / 2 + leaked(sinceMs));
    expect(more).toContain(429);
    expect(admitted(await statusesOf(1, '198.51.100.7', 5))).toBe(5);
    expect(work).toBeLessThanOrEqual(QUOTA + 5 + leaked(sinceMs));
  });

  /** As Redis has it: what all replicas have told of the one client that has asked. */
  async function levelOfOnlyClient(): Promise<number> {
    const key = await redis.cli('KEYS', `${PREFIX}:limit:*`);
    return Number((await redis.cli('GET', key)).split(' ')[0]);
  }

  async function allToldAfter(replica: number): Promise<void> {
    await eventually('told', async () => (await reports(replica, 'told')) > 0);
  }

  it('says in one form why, how much there is, and when to come back, to pages of other origins too', async () => {
    const first = await ask(0, '192.0.2.1');
    expect(first.headers).toMatchObject({
      'ratelimit-policy': `"carts";q=${QUOTA};w=60`,
      ratelimit: `"carts";r=${QUOTA - 1};t=2`,
    });
    await statusesOf(0, '192.0.2.1', 2 * QUOTA);
    // Now and then one is admitted: the quota leaks.
    const refused = await eventually('it is refused', async () => {
      const answer = await ask(0, '192.0.2.1');
      return answer.statusCode === 429 && answer;
    });
    expect(refused.json()).toMatchObject({
      type: 'urn:lockstep:problem:http.too-many-requests',
      status: 429,
      code: 'http.too-many-requests',
      instance: '/api/v1/shop/cart',
    });
    expect(refused.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'ratelimit-policy': `"carts";q=${QUOTA};w=60`,
      'access-control-allow-origin': 'https://shop.example',
      'lockstep-replica': 'c1',
      'x-request-id': expect.any(String),
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(refused.headers['access-control-expose-headers']).toMatch(/ratelimit, ratelimit-policy/);
    const { body: metrics } = await replicas[0]!.get(Metrics).render();
    expect(metrics).toMatch(/lockstep_limits_refused_total\{[^}]*limit="carts"[^}]*\} [1-9]/);
  });

  it('counts pages that do not exist', async () => {
    const statuses: number[] = [];
    for (let page = 0; page < 2 * QUOTA; page += 1) {
      const { statusCode } = await ask(0, '192.0.2.1', `/api/v1/never-asked/${page}`);
      statuses.push(statusCode);
    }
    expect(statuses[0]).toBe(404);
    expect(statuses).toContain(429);
    expect((await ask(0, '192.0.2.1', '/health/live')).statusCode).toBe(200);
  });

  it.each(['killed', 'frozen'] as const)(
    'goes on within each replica while Redis is %s, and nothing waits for it',
    async (how) => {
      await statusesOf(0, '192.0.2.1', 1);
      await allToldAfter(0);
      if (how === 'killed') await redis.kill();
      else redis.freeze();
      const sinceMs = systemClock.monotonicMs();
      for (const replica of [0, 1]) {
        const [{ statusCode }, waitedMs] = await inOwnTime(() => ask(replica, '203.0.113.9'));
        expect(statusCode).toBe(201);
        expect(waitedMs).toBeLessThan(AT_ONCE_MS);
        const statuses = await statusesOf(replica, '192.0.2.2', QUOTA * 2);
        expect(admitted(statuses)).toBeGreaterThanOrEqual(QUOTA);
        expect(admitted(statuses)).toBeLessThanOrEqual(QUOTA + leaked(sinceMs));
      }
      await eventually('the loss is counted', async () => (await reports(0, 'lost')) > 0);
      // An emptied Redis, or one that wakes up, makes no replica forget.
      if (how === 'killed') await redis.restart();
      else redis.thaw();
      const before = await reports(0, 'told');
      await eventually('it tells again', async () => {
        await ask(0, '203.0.113.10');
        return (await reports(0, 'told')) > before;
      });
      const again = await statusesOf(0, '192.0.2.2', QUOTA);
      expect(admitted(again)).toBeLessThanOrEqual(leaked(sinceMs));
    },
  );

  it('takes what stands in Redis for what it may be: nobody is shut out for longer than a window', async () => {
    await statusesOf(0, '192.0.2.1', 1);
    await allToldAfter(0);
    const key = (await redis.cli('KEYS', `${PREFIX}:limit:*`)).trim();
    expect(key).not.toContain('192.0.2.1');
    const future = String(Date.now() + 3_600_000);
    for (const poison of ['-1', 'x', '', `${2 * QUOTA}.000 ${future}`, `9e99 0`, '[]']) {
      await redis.cli('SET', key, poison);
      expect((await askAndTell('192.0.2.1')).statusCode).toBe(201);
    }
    await redis.cli('DEL', key);
    await redis.cli('RPUSH', key, 'a list');
    expect((await askAndTell('192.0.2.1')).statusCode).toBe(201);
    await redis.cli('SET', key, `999999999.000 ${Date.now() - 1_000}`);
    await askAndTell('192.0.2.1');
    const refused = await ask(0, '192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(65);
    // It leaks out like any other level.
    expect(Number(await redis.cli('PTTL', key))).toBeLessThanOrEqual(125_000);
  });

  it('leaves nothing in Redis that does not go by itself', async () => {
    await statusesOf(0, '192.0.2.1', 3);
    await statusesOf(0, '192.0.2.2', 3);
    await allToldAfter(0);
    await eventually('both are known', async () => {
      return (await redis.cli('KEYS', `${PREFIX}:limit:*`)).split('\n').length === 2;
    });
    for (const key of (await redis.cli('KEYS', `${PREFIX}:limit:*`)).split('\n')) {
      expect(Number(await redis.cli('PTTL', key))).toBeGreaterThan(0);
    }
  });
});
