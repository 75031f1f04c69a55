import { Injectable, Module } from '@nestjs/common';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { sql, SqlReader, UnitOfWork } from '#libs/database';
import { HealthRegistry } from '#libs/observability';
import {
  describeOnEachDatabase,
  eventually,
  gate,
  startRedis,
  type Gate,
  type RedisFixture,
  type DatabaseFixture,
} from '#libs/testing';
import { UseRecorder } from '../../../../libs/fleet/src/warm-start/use-recorder.js';
import { startStaffReplica, type StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';

/** Closed while the database hangs. */
let database: Gate = gate();

@Injectable()
class Numbers {
  readonly plain: CachedReader<string, string>;
  readonly secret: CachedReader<string, string>;

  constructor(cache: CoherentCache) {
    const policy = {
      key: textKey,
      load: async (key: string) => {
        await database.opened;
        return key;
      },
      ttlMs: 600_000,
    };
    this.plain = cache.reader({ ...policy, name: 'test.plain' });
    this.secret = cache.reader({ ...policy, name: 'test.secret', isConfidential: true });
  }
}

@Module({ providers: [Numbers] })
class NumbersModule {}

describeOnEachDatabase('the warm start of a replica', (open) => {
  let redis: RedisFixture;
  let fixture: DatabaseFixture;
  const replicas: StaffReplica[] = [];

  beforeAll(async () => {
    [redis, fixture] = await Promise.all([startRedis(), open()]);
  });

  afterAll(async () => {
    database.open();
    await Promise.all(replicas.map((replica) => replica.stop()));
    await redis.stop();
    await fixture.remove();
  });

  const start = async (name: string, env: Record<string, string> = {}): Promise<StaffReplica> => {
    const replica = await startStaffReplica({
      name,
      redisUrl: redis.url,
      databaseUrl: fixture.url,
      modules: [IdentityApiModule, NumbersModule],
      env,
    });
    replicas.push(replica);
    replica.app.get(HealthRegistry).markServing();
    return replica;
  };

  const ask = async ({ url }: StaffReplica, path: string) => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, text: await response.text() };
  };

  const readiness = async (replica: StaffReplica) => {
    const { status, text } = await ask(replica, '/health/ready');
    const { checks } = JSON.parse(text) as { checks: Record<string, { status: string }> };
    return { status, warmStart: checks['warm-start']?.status };
  };

  it('has what others used, and of nothing secret even the key is noted', async () => {
    database.open();
    const a = await start('a');
    const token = await a.signIn();
    expect((await a.call('GET', '/users', { token })).status).toBe(200);
    const { plain, secret } = a.app.get(Numbers);
    await Promise.all([plain.get('one'), plain.get('two'), secret.get('hidden')]);
    const hits = 1_000;
    for (let hit = 0; hit < hits; hit += 1)
      await Promise.all([plain.get('one'), secret.get('hidden')]);
    // It gives itself a second for that.
    const rows = await eventually('they are noted', async () => {
      await a.app.get(UseRecorder).note();
      const noted = await a.app
        .get(SqlReader)
        .query<{ replica_id: string; role: string; keys_json: string }>(
          sql`SELECT replica_id, role, keys_json FROM hot_keys`,
        );
      return noted.length > 0 && noted;
    });
    const keys = JSON.parse(rows[0]?.keys_json ?? '') as [string, string, number][];
    expect(rows).toMatchObject([{ replica_id: 'a', role: 'authoring' }]);
    expect(keys.map(([region, text]) => `${region} ${text}`)).toEqual([
      'test.plain one',
      'test.plain two',
    ]);
    expect(keys[0]?.[2]).toBeGreaterThan(hits / 2);

    const b = await start('b');
    await eventually('b is ready', async () => (await readiness(b)).status === 200);
    const numbers = b.app.get(Numbers);
    expect([numbers.plain.size, numbers.secret.size]).toEqual([2, 0]);
    expect(numbers.plain.get('one')).toBe('one');
    const { text } = await ask(b, '/metrics');
    expect(text).toContain('lockstep_cache_warm_start_keys{outcome="loaded",role="authoring"} 2');
  });

  it('takes no longer than it may when the database hangs', async () => {
    database = gate();
    const startWithin = async (ms: number) => {
      const c = await start(`c-${ms}`, { CACHE_WARM_START_MS: String(ms) });
      await eventually('c is ready', async () => (await readiness(c)).status === 200);
      return c.app.get(Numbers).plain;
    };
    // Long enough for the notes to be read, or as much longer as a busy machine takes: what takes too long are the loads.
    let plain = await startWithin(3_000);
    for (const ms of [10_000, 30_000]) {
      if (plain.loadsUnderWay === 0) plain = await startWithin(ms);
    }
    expect([plain.size, plain.loadsUnderWay]).toEqual([0, 2]);
    database.open();
    await eventually('what had begun ends', () => plain.size === 2);
  });

  it('keeps traffic away while it lasts, and nothing else', async () => {
    database = gate();
    const d = await start('d', { CACHE_WARM_START_MS: '600000' });
    await eventually('it is loading', () => d.app.get(Numbers).plain.loadsUnderWay === 2);
    expect(await readiness(d)).toEqual({ status: 503, warmStart: 'down' });
    expect((await ask(d, '/health/live')).status).toBe(200);
    expect((await ask(d, '/metrics')).status).toBe(200);
    database.open();
    await eventually('d is ready', async () => (await readiness(d)).status === 200);
    expect(d.app.get(Numbers).plain.size).toBe(2);
  });

  it('notes keys under names of which each is one reader', () => {
    const cache = replicas[0]!.app.get(CoherentCache);
    expect(() => new Numbers(cache)).toThrow(
      expect.objectContaining({ code: 'cache.reader-exists' }),
    );
  });

  it('does not happen when it is off', async () => {
    const e = await start('e', { CACHE_WARM_START_MS: '0' });
    await eventually('e is ready', async () => (await readiness(e)).status === 200);
    const { plain } = e.app.get(Numbers);
    expect([plain.size, plain.stats.loads]).toEqual([0, 0]);
  });

  it.each(['{"version":2}', '[["test.plain"', '[["test.plain", 7, -1]]', ''])(
    'still has what others noted when a newer release has noted %s',
    async (text) => {
      const [keys, at] = ['[["test.plain","one",5],["test.plain","two",5]]', Date.now()];
      await replicas[0]!.app.get(UnitOfWork).run(async (tx) => {
        await tx.execute(sql`DELETE FROM hot_keys`);
        const [role, noted_at] = ['authoring', at + 60_000];
        await tx.execute(
          sql.insert('hot_keys', [
            { replica_id: 'newer', role, noted_at, keys_json: text },
            { replica_id: 'older', role, noted_at: at, keys_json: keys },
          ]),
        );
      });
      const f = await start(`f${replicas.length}`);
      await eventually('f is ready', async () => (await readiness(f)).status === 200);
      expect(f.app.get(Numbers).plain.size).toBe(2);
    },
  );
});
