import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { PrimaryReader, sql, SqlReader, UnitOfWork } from '#libs/database';
import { runInContext, type RequestContext } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { describeOnEachDatabase, eventually, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../test/support/platform.js';
import { ReplicatedCopy } from '../../../test/support/replicated-copy.js';
import { CacheModule } from '../../cache/src/cache.module.js';
import { CoherentCache } from '../../cache/src/coherent-cache.js';
import { Follower } from '../../cache/src/core/following/follower.js';
import { textKey } from '../../cache/src/key-codec.js';
import { FleetModule } from './fleet.module.js';
import { ReplicaList } from './replicas/replica-list.js';

const WRITTEN = sql`SELECT COUNT(*) AS v FROM write_lock`;

describeOnEachDatabase(
  'a replica of a site with its own copy, without any Redis',
  (open) => {
    let primary: DatabaseFixture;
    let copy: ReplicatedCopy;
    let home: TestingModule;
    let site: TestingModule;

    beforeEach(async () => {
      primary = await open();
      copy = await ReplicatedCopy.of(primary.url);
      home = await start('home', {});
      await write(home);
      copy.replicate();
      site = await start('site', { DATABASE_COPY_URL: copy.url });
      await follow();
    });

    afterEach(async () => {
      await site?.close();
      await home?.close();
      await copy.remove();
      await primary.remove();
    });

    const start = (id: string, more: Record<string, string>) =>
      startPlatform({
        databaseUrl: primary.url,
        role: 'commerce',
        env: { REPLICA_ID: id, ...more },
        imports: [CacheModule, FleetModule],
      });

    /** Answers the position of the commit, as a request would. */
    async function write(module: TestingModule): Promise<number> {
      const context: RequestContext = { requestId: 'test' };
      await runInContext(context, () =>
        module.get(UnitOfWork).run(async (tx) => {
          const rows = await tx.query<{ v: number }>(WRITTEN);
          await tx.execute(sql.insert('write_lock', [{ id: (rows[0]?.v ?? 0) + 1 }]));
          tx.invalidate('written');
        }),
      );
      return context.position ?? 0;
    }

    const follow = () => site.get(Follower).followNow();

    function countReader(module: TestingModule) {
      const database = module.get(SqlReader);
      return module.get(CoherentCache).reader<string, number>({
        name: 'written',
        key: textKey,
        tags: () => ['written'],
        load: async () => (await database.query<{ v: number }>(WRITTEN))[0]?.v,
        ttlMs: 600_000,
      });
    }

    async function gauge(name: string): Promise<number> {
      const { body } = await site.get(Metrics).render();
      const line = body.split('\n').find((each) => each.startsWith(`${name}{`));
      return Number(line?.split(' ')[1]);
    }

    it('gives its own commit a position, and reaches it when the copy has it, not before', async () => {
      const written = countReader(site);
      expect(await written.get('all')).toBe(1);
      const position = await write(site);
      expect(position).toBe(2);
      await follow();
      expect(await written.get('all')).toBe(1);
      const follower = site.get(Follower);
      expect(follower.hasReached(position)).toBe(false);
      await expect(follower.ensurePosition(position)).rejects.toMatchObject({
        code: 'cache.position-not-reached',
        status: 503,
      });

      copy.replicate();
      await follower.ensurePosition(position);
      expect(await written.get('all')).toBe(2);
    });

    it('knows how far its copy is behind, although nobody announces anything', async () => {
      expect(await gauge('lockstep_cache_copy_lag_positions')).toBe(0);
      await write(home);
      await write(home);
      await eventually('it has asked the primary', async () => {
        return (await gauge('lockstep_cache_copy_lag_positions')) === 2;
      });
      expect(await gauge('lockstep_cache_copy_lag_seconds')).toBeGreaterThan(0);
      // What the copy has is applied; this gauge is about holes in it.
      expect(await gauge('lockstep_cache_log_lag_positions')).toBe(0);
      copy.replicate();
      await follow();
      expect(await gauge('lockstep_cache_copy_lag_positions')).toBe(0);
      expect(await gauge('lockstep_cache_copy_lag_seconds')).toBe(0);
    });

    it('lists the replicas of the fleet as they are, itself among them', async () => {
      const list = () => site.get(ReplicaList).list();
      await eventually('both have reported', async () => (await list()).length === 2);
      const rows = sql`SELECT id FROM replica WHERE id = 'site'`;
      expect(await site.get(SqlReader).query(rows)).toEqual([]);
      expect(await site.get(PrimaryReader).query(rows)).toHaveLength(1);
      const lags = Object.fromEntries(
        (await list()).map(({ id, status }) => [id, status.copyLagMs]),
      );
      expect(lags).toEqual({ home: null, site: expect.any(Number) });
    });
  },
  { sqliteOnly: 'the copy of the test is a file' },
);
