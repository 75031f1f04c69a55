import { Injectable } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CacheModule } from '#libs/cache';
import { InvalidationLog, sql, UnitOfWork, type CdnPurgeEntity, type RowOf } from '#libs/database';
import { Metrics } from '#libs/observability';
import { describeOnEachDatabase, eventually, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../../test/support/platform.js';
import { SharedCacheStandIn } from '../../test/shared-cache-stand-in.js';
import { CdnAuthoringModule } from '../cdn-authoring.module.js';
import { TagDeriver, type DerivesTags } from './derived-tags.js';
import { PurgePositionPruner } from './purge-position.pruner.js';
import { Purger } from './purger.js';

type PurgeRow = RowOf<CdnPurgeEntity, 'fence' | 'position' | 'expires_at'>;

/** libs/cdn/README.md: 8 s, of which another replica looks every 2. */
const LONGEST_LEASE_MS = 6_000;
const DAY_MS = 24 * 3_600_000;
/** More than lies between two purges of everything at least. */
const REPEAT_MS = 1_100;

@Injectable()
@TagDeriver('test')
class ListDeriver implements DerivesTags {
  async derive(tags: readonly string[]): Promise<readonly string[]> {
    return tags.filter((tag) => tag.startsWith('prices:')).map(() => 'list');
  }
}

describeOnEachDatabase('the purger', (open) => {
  let database: DatabaseFixture;
  let cache: SharedCacheStandIn;
  let running: TestingModule[];

  beforeEach(async () => {
    database = await open();
    cache = await SharedCacheStandIn.start('webhook');
    running = [];
  });
  afterEach(async () => {
    for (const module of running) await module.close();
    await cache.stop();
    await database.remove();
  });

  /** Ticks when it is told to, unless it is told how often. */
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<TestingModule> => {
    const module = await startPlatform({
      databaseUrl: database.url,
      imports: [CacheModule, CdnAuthoringModule],
      providers: [ListDeriver],
      env: {
        ...cache.env,
        CDN_PURGE_INTERVAL_MS: '60000',
        CDN_PURGE_REPEAT_MS: String(REPEAT_MS),
        CDN_PURGE_TIMEOUT_MS: '10000',
        CACHE_LEASE_MS: '200',
        CACHE_FOLLOW_INTERVAL_MS: '100',
        ...env,
      },
    });
    running.push(module);
    return module;
  };
  const stop = async (module: TestingModule): Promise<void> => {
    running.splice(running.indexOf(module), 1);
    await module.close();
  };
  const tick = async (module: TestingModule) => (await module.get(Purger).tick())[0];
  const change = (module: TestingModule, ...tags: string[]) =>
    module.get(UnitOfWork).run(async (tx) => tx.invalidate(...tags));
  const bodies = () => cache.received.map(({ body }) => JSON.parse(body) as object);
  const everything = { everything: true };
  /**
   * All that was there is purged for good. Answers how many requests that took: a first purge that begins
   * later than the second would be due is the last one as well.
   */
  const settle = async (module: TestingModule): Promise<number> => {
    await eventually('the first purge', async () => (await tick(module)) === 'purged');
    const purgedAtMs = performance.now();
    await eventually('the last one', async () => {
      return performance.now() > purgedAtMs + REPEAT_MS && (await tick(module)) === 'nothing';
    });
    return cache.received.length;
  };
  /** How far the cache is purged by what is noted. */
  const noted = async (module: TestingModule) => {
    const rows = await module
      .get(UnitOfWork)
      .run((tx) => tx.query<PurgeRow>(sql`SELECT fence, position, expires_at FROM cdn_purge`));
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };

  it('begins with everything, then takes what each change has voided and what follows from it', async () => {
    // No second purge comes in between.
    const authoring = await start({ CDN_PURGE_REPEAT_MS: String(DAY_MS / 48) });
    cache.keep('old', ['product:1']);
    expect(await tick(authoring)).toBe('purged');
    expect([bodies(), cache.names]).toEqual([[everything], []]);
    cache.keep('one', ['prices:1']);
    cache.keep('page', ['list']);
    cache.keep('two', ['prices:2']);
    await change(authoring, 'prices:1', 'cart:9');
    expect(await tick(authoring)).toBe('purged');
    expect(cache.names).toEqual(['two']);
    expect(bodies()[1]).toEqual({ tags: ['prices:1', 'cart:9', 'list'] });
  });

  it('purges changes together that were made since the last time', async () => {
    const authoring = await start();
    const before = await settle(authoring);
    for (let n = 0; n < 50; n += 1) await change(authoring, `product:${n % 10}`);
    await tick(authoring);
    expect(cache.received).toHaveLength(before + 1);
    expect((bodies().at(-1) as { tags: string[] }).tags).toHaveLength(10);
  });

  it('purges again what a replica that had not heard of the change has answered meanwhile', async () => {
    const authoring = await start();
    await settle(authoring);
    await change(authoring, 'product:1');
    await tick(authoring);
    cache.keep('late', ['product:1']);
    await eventually('the second purge', async () => {
      await tick(authoring);
      return cache.names.length === 0;
    });
  });

  it('loses nothing while the cache is away, while it refuses, and while no purger runs', async () => {
    const first = await start();
    const settled = await settle(first);
    cache.keep('one', ['product:1']);
    cache.keep('two', ['product:2']);
    cache.keep('three', ['product:3']);
    cache.keep('other', ['product:4']);
    // The first asks the one it refuses to wait; the second has to find out by itself.
    cache.trouble = [
      (response) => void response.writeHead(500, { 'retry-after': '3600' }).end(),
      (response) => void response.writeHead(503).end(),
    ];
    await change(first, 'product:1');
    expect(await tick(first)).toBe('failed');
    expect(await tick(first)).toBe('waiting');
    await change(first, 'product:2');
    await stop(first);
    const second = await start();
    await change(second, 'product:3');
    await eventually('purges of all of it', async () => {
      await tick(second);
      return cache.names.length === 1;
    });
    expect(cache.names).toEqual(['other']);
    expect(bodies().slice(settled)).not.toContainEqual(everything);
  });

  it('is done by one replica at a time, and by another when that has stopped', async () => {
    const [first, second] = [await start(), await start()];
    const outcomes = await Promise.all([tick(first), tick(second)]);
    expect(new Set(outcomes)).toEqual(new Set(['not-holder', 'purged']));
    const [holder, other] =
      (await tick(first)) === 'not-holder' ? [second, first] : [first, second];
    await stop(holder);
    await change(other, 'product:1');
    await eventually('the other to take over', async () => (await tick(other)) === 'purged');
  });

  it('goes on where one that died has noted it was, and notes nothing once it lives again', async () => {
    const [first, second] = [await start(), await start()];
    const settled = await settle(first);
    await eventually('it is noted', async () => {
      await tick(first);
      return (await noted(first)).position >= 0;
    });
    cache.keep('one', ['product:1']);
    await change(second, 'product:1');
    expect(await tick(second)).toBe('not-holder');
    // The clock of the database is as much later, and the holder has not been heard of.
    const wait = sql`UPDATE cdn_purge SET expires_at = expires_at - ${LONGEST_LEASE_MS}`;
    await second.get(UnitOfWork).run((tx) => tx.execute(wait));
    await eventually('the second to take over', async () => (await tick(second)) === 'purged');
    expect([cache.names, bodies().slice(settled)]).toEqual([[], [{ tags: ['product:1'] }]]);
    const taken = await noted(second);
    await eventually('the first to see it', async () => (await tick(first)) === 'not-holder');
    expect([taken.fence, await noted(first)]).toEqual([2, taken]);
  });

  it('is forgotten a day after the last purge, and not before', async () => {
    const authoring = await start();
    await settle(authoring);
    await stop(authoring);
    const other = await start();
    const pruner = other.get(PurgePositionPruner);
    const stoppedAt = (await noted(other)).expires_at;
    expect(await pruner.pruneBatch(stoppedAt + DAY_MS)).toBe(0);
    expect(await pruner.pruneBatch(stoppedAt + DAY_MS + 1)).toBe(1);
    expect(await tick(other)).toBe('purged');
    expect([bodies().at(-1), (await noted(other)).fence]).toEqual([everything, 1]);
    expect(await pruner.pruneBatch(stoppedAt + DAY_MS + 1)).toBe(0);
  });

  it('takes everything when the log no longer tells what it has missed', async () => {
    const first = await start();
    await settle(first);
    await stop(first);
    const second = await start();
    for (let n = 0; n < 5; n += 1) await change(second, `product:${n}`);
    await second.get(InvalidationLog).prune(Date.now() + 3_600_000);
    const before = cache.received.length;
    await eventually('a purge', async () => (await tick(second)) === 'purged');
    expect(bodies().slice(before)).toEqual([everything]);
  });

  it('takes everything when the database is another one than before', async () => {
    const first = await start();
    await settle(first);
    await stop(first);
    const second = await start();
    await second
      .get(UnitOfWork)
      .run((tx) => tx.execute(sql`UPDATE installation SET id = 'restored'`));
    const before = cache.received.length;
    await eventually('a purge', async () => (await tick(second)) === 'purged');
    expect(bodies().slice(before)).toEqual([everything]);
  });

  it('is held up by no other cache', async () => {
    const away = await SharedCacheStandIn.start('webhook');
    const url = away.url;
    await away.stop();
    const authoring = await start({ CDN_PURGE_URL: `${url}, ${cache.url}` });
    expect(await authoring.get(Purger).tick()).toEqual(['failed', 'purged']);
  });

  it('tells how long a purge took, how far behind it is, and what failed', async () => {
    const authoring = await start();
    await settle(authoring);
    await change(authoring, 'product:1');
    await tick(authoring);
    const target = new URL(cache.url).host;
    const { body: text } = await authoring.get(Metrics).render();
    const series = (name: string, ...labels: string[]) =>
      text
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`))
        .filter((line) => [`target="${target}"`, ...labels].every((label) => line.includes(label)))
        .map((line) => Number(line.split(' ').at(-1)));
    expect(series('lockstep_cdn_purge_seconds_count')).toEqual([1]);
    expect(
      series('lockstep_cdn_purges_total', 'scope="tags"', 'outcome="done"')[0],
    ).toBeGreaterThan(0);
    expect(series('lockstep_cdn_purge_behind_seconds')[0]).toBeLessThan(30);
    expect(text).not.toContain(cache.token);
  });

  it('ticks by itself, and does nothing where no purge is asked for', async () => {
    const idle = await start({ CDN_PURGE_URL: undefined as never });
    expect(await idle.get(Purger).tick()).toEqual([]);
    const authoring = await start({ CDN_PURGE_INTERVAL_MS: '50' });
    cache.keep('one', ['product:1']);
    await change(authoring, 'product:1');
    await eventually('a purge', () => cache.names.length === 0);
  });
});
