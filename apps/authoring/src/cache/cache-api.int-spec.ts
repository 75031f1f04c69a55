import { Injectable, Module } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { describeOnEachDatabase, eventually, inOwnTime, type RedisFixture } from '#libs/testing';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import {
  openTwoBackOffices,
  type TwoBackOffices,
} from '../../../../test/support/two-back-offices.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { CacheApiModule } from './cache-api.module.js';

interface Held {
  readonly replica: string;
  readonly entry: { readonly tags: string[]; readonly value?: unknown } | null;
}

/** Two regions over numbers that the test changes behind the back of the cache. */
@Injectable()
class Numbers {
  value = 1;
  readonly plain: CachedReader<string, { n: number }>;
  readonly secret: CachedReader<string, { n: number }>;

  constructor(cache: CoherentCache) {
    const policy = {
      key: textKey,
      tags: (key: string) => [`number:${key}`],
      load: () => Promise.resolve({ n: this.value }),
      ttlMs: 600_000,
    };
    this.plain = cache.reader({ ...policy, name: 'test.plain' });
    this.secret = cache.reader({ ...policy, name: 'test.secret', isConfidential: true });
  }
}

@Module({ providers: [Numbers] })
class NumbersModule {}

describeOnEachDatabase('the cache of two replicas', (open) => {
  let offices: TwoBackOffices;
  let redis: RedisFixture;
  let a: StaffReplica;
  let b: StaffReplica;
  let token: string;

  beforeAll(async () => {
    offices = await openTwoBackOffices(open, {
      modules: [IdentityApiModule, CacheApiModule, NumbersModule],
      // It drops what the test changes behind the back of the cache.
      env: { CACHE_VERIFY_PER_SECOND: '0' },
    });
    ({ a, b, redis, token } = offices);
    await eventually('both replicas are listed', async () => {
      const { body } = await a.call<{ replicas: unknown[] }>('GET', '/cache', { token });
      return body.replicas.length === 2;
    });
  });

  afterAll(async () => {
    await offices?.close();
  });

  beforeEach(async () => {
    for (const { app } of [a, b]) {
      const { plain, secret } = app.get(Numbers);
      app.get(CoherentCache).clearLocal();
      app.get(Numbers).value = 1;
      await Promise.all([plain.get('one'), plain.get('two'), secret.get('one')]);
      app.get(Numbers).value = 2;
    }
  });

  const invalidate = (body: object) => a.call('POST', '/cache/invalidate', { token, body });
  const read = async ({ app }: StaffReplica) => {
    const { plain, secret } = app.get(Numbers);
    const values = await Promise.all([plain.get('one'), plain.get('two'), secret.get('one')]);
    return values.map((value) => value?.n);
  };
  const becomes = (values: number[]) =>
    eventually(`both replicas answer ${values.join()}`, async () => {
      const both = await Promise.all([read(a), read(b)]);
      return both.every((those) => those.join() === values.join());
    });

  it('voids a tag, a region, or everything on both', async () => {
    expect((await invalidate({ tags: ['number:two'] })).status).toBe(200);
    await becomes([1, 2, 1]);
    expect((await invalidate({ region: 'test.secret' })).status).toBe(200);
    await becomes([1, 2, 2]);
    expect((await invalidate({ all: true })).status).toBe(200);
    await becomes([2, 2, 2]);
  });

  it('takes one kind of invalidation, and no region that nobody knows', async () => {
    expect((await invalidate({})).status).toBe(400);
    expect((await invalidate({ all: false })).status).toBe(400);
    expect((await invalidate({ all: true, region: 'test.plain' })).status).toBe(400);
    const unknown = await invalidate({ region: 'test.plane' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'cache.region-not-found']);
  });

  const inspect = <Body = Held>(region: string, query: Record<string, string>) =>
    a.call<Body>('GET', `/cache/${region}?${new URLSearchParams(query).toString()}`, { token });

  /** Another replica has a second to answer: on a busy machine it is asked again. */
  const inspectPatiently = <Body = Held>(region: string, query: Record<string, string>) =>
    eventually('the replica answers', async () => {
      const answer = await inspect<Body>(region, query);
      return answer.status !== 503 && answer;
    });

  it('shows what a replica holds under a key, its own or that of another', async () => {
    const own = await inspect('test.plain', { key: 'one' });
    expect(own.body).toMatchObject({
      replica: 'a',
      entry: { tags: ['number:one'], value: { n: 1 }, isAbsent: false },
    });
    await invalidate({ tags: ['number:one'] });
    await b.app.get(Numbers).plain.get('one');
    await eventually('b has loaded anew', async () => {
      await b.app.get(Numbers).plain.get('one');
      const { body } = await inspect('test.plain', { key: 'one', replica: 'b' });
      return JSON.stringify(body.entry?.value) === '{"n":2}';
    });
    expect((await inspectPatiently('test.plain', { key: 'none', replica: 'b' })).body).toEqual({
      replica: 'b',
      region: 'test.plain',
      key: 'none',
      entry: null,
    });
  });

  it('does not show a confidential value', async () => {
    for (const replica of ['a', 'b']) {
      const { body } = await inspectPatiently('test.secret', { key: 'one', replica });
      expect(body.entry).toMatchObject({ tags: ['number:one'] });
      expect(body.entry).not.toHaveProperty('value');
    }
  });

  it('knows neither regions nor replicas that do not exist', async () => {
    for (const replica of ['a', 'b']) {
      const asked = { key: 'one', replica };
      const { status, body } = await inspectPatiently<{ code: string }>('nothing', asked);
      expect([status, body.code]).toEqual([404, 'cache.region-not-found']);
    }
    const { status, body } = await inspect<{ code: string }>('test.plain', {
      key: 'one',
      replica: 'c',
    });
    expect([status, body.code]).toEqual([404, 'cache.replica-not-found']);
  });

  it('says within a bound that another replica cannot be asked while Redis is away', async () => {
    redis.freeze();
    try {
      const [{ status, body }, waitedMs] = await inOwnTime(() =>
        inspect<{ code: string }>('test.plain', { key: 'one', replica: 'b' }),
      );
      expect([status, body.code]).toEqual([503, 'cache.replica-silent']);
      expect(waitedMs).toBeLessThan(5_000);
      expect((await inspect('test.plain', { key: 'one', replica: 'a' })).status).toBe(200);
    } finally {
      redis.thaw();
    }
  });
});
