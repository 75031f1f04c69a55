import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { CacheModule } from '#libs/cache';
import { sql, UnitOfWork } from '#libs/database';
import { HealthRegistry } from '#libs/observability';
import { describeOnEachDatabase, eventually, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../../test/support/platform.js';
import { ReplicatedCopy } from '../../../../test/support/replicated-copy.js';
import { FleetModule } from '../fleet.module.js';
import { ReplicaList } from '../replicas/replica-list.js';
import { SiteHealth, type SiteReport } from './site-health.js';

/** Longer than a replica takes from one look at its log to the next, or its own lease would be taken for the lag. */
const MAX_LAG_MS = 4_000;

describeOnEachDatabase(
  'whether a site can serve',
  (open) => {
    let primary: DatabaseFixture;
    let copy: ReplicatedCopy | undefined;
    let replicas: TestingModule[];

    beforeEach(async () => {
      primary = await open();
      copy = undefined;
      replicas = [];
    });

    afterEach(async () => {
      for (const replica of replicas.toReversed()) await replica.close();
      await copy?.remove();
      await primary.remove();
    });

    async function start(id: string, more: Record<string, string> = {}): Promise<TestingModule> {
      const module = await startPlatform({
        databaseUrl: primary.url,
        role: 'commerce',
        env: { REPLICA_ID: id, SITE_MAX_LAG_MS: String(MAX_LAG_MS), ...more },
        imports: [CacheModule, FleetModule],
      });
      replicas.push(module);
      module.get(HealthRegistry).markServing();
      return module;
    }

    const reportOf = (replica: TestingModule) => replica.get(SiteHealth).report();

    /** Asks until the report is as it should be: what others say of themselves is some seconds old. */
    function becomes(replica: TestingModule, isSo: (report: SiteReport) => boolean) {
      return eventually('the site is as it should be', async () => {
        const report = await reportOf(replica);
        return isSo(report) ? report : undefined;
      });
    }

    /** A replica that reported itself just now, or long ago. */
    async function plant(
      id: string,
      change: { site?: string; role?: string; isReady?: boolean; seenAt?: number },
    ) {
      const { site = 'main', role = 'commerce', isReady = true, seenAt = Date.now() } = change;
      const registry = replicas[0]!.get(ReplicaList);
      const own = await eventually(
        'it has reported itself',
        async () => (await registry.list())[0],
      );
      const load = {
        cpuPercent: 1,
        eventLoopDelayMs: 1,
        requestsPerSecond: 1,
        p99Ms: 1,
        hits: 0,
        misses: 0,
        isReady,
      };
      await replicas[0]!.get(UnitOfWork).run((tx) =>
        tx.execute(
          sql.insert('replica', [
            {
              id,
              role,
              version: own.version,
              started_at: 1,
              seen_at: seenAt,
              status_json: JSON.stringify({ ...own.status, site, load }),
            },
          ]),
        ),
      );
    }

    const rename = (replica: TestingModule, table: string, name: string) =>
      replica
        .get(UnitOfWork)
        .run((tx) =>
          tx.execute(sql`ALTER TABLE ${sql.identifier(table)} RENAME TO ${sql.identifier(name)}`),
        );

    it('counts its own storefront replicas that are alive and ready, and no other', async () => {
      const replica = await start('own', { SITE_MIN_REPLICAS: '2' });
      await plant('elsewhere', { site: 'second' });
      await plant('office', { role: 'authoring' });
      await plant('starting', { isReady: false });
      await plant('gone', { seenAt: 1 });
      const short = await becomes(
        replica,
        ({ checks }) => checks.data.status === 'up' && checks.replicas.ready > 0,
      );
      expect(short).toMatchObject({
        site: 'main',
        isServing: false,
        checks: { replicas: { status: 'down', ready: 1, isComplete: true } },
      });
      await plant('other', {});
      const enough = await becomes(replica, ({ isServing }) => isServing);
      expect(enough.checks.replicas).toEqual({ status: 'up', ready: 2, isComplete: true });
    });

    it('goes on while the replica that is asked stops, as long as another is there', async () => {
      const replica = await start('own');
      await becomes(replica, ({ isServing }) => isServing);
      replica.get(HealthRegistry).markDraining();
      await becomes(replica, ({ isServing, checks }) => !isServing && checks.replicas.ready === 0);
      await plant('other', {});
      const served = await becomes(replica, ({ isServing }) => isServing);
      expect(served.checks.replicas.ready).toBe(1);
    });

    it('needs no list of replicas, which is at the primary: one that is ready is enough', async () => {
      const replica = await start('own', { SITE_MIN_REPLICAS: '3' });
      await becomes(replica, ({ checks }) => checks.data.status === 'up');
      expect((await reportOf(replica)).isServing).toBe(false);
      await rename(replica, 'replica', 'replica_away');
      const report = await becomes(
        replica,
        ({ isServing, checks }) => isServing && !checks.replicas.isComplete,
      );
      expect(report.checks.replicas.ready).toBe(1);
      replica.get(HealthRegistry).markDraining();
      expect((await reportOf(replica)).isServing).toBe(false);
    });

    it('stops when its copy lacks what is known for too long, and goes on when it has it', async () => {
      copy = await ReplicatedCopy.of(primary.url);
      const home = await start('home', { SITE_NAME: 'home' });
      copy.replicate();
      const site = await start('site', { SITE_NAME: 'second', DATABASE_COPY_URL: copy.url });
      await becomes(site, ({ isServing }) => isServing);
      await home.get(UnitOfWork).run(async (tx) => {
        await tx.execute(sql.insert('write_lock', [{ id: 77 }]));
        tx.invalidate('written');
      });
      const behind = await becomes(site, ({ isServing }) => !isServing);
      expect(behind.checks.data.status).toBe('down');
      expect(behind.checks.data.lagMs).toBeGreaterThan(MAX_LAG_MS);
      expect(behind.checks.replicas.status).toBe('up');
      await becomes(home, ({ isServing }) => isServing);
      copy.replicate();
      await becomes(site, ({ isServing }) => isServing);
    });

    it('stops when nothing could be read for too long', async () => {
      const replica = await start('own');
      await becomes(replica, ({ isServing }) => isServing);
      await rename(replica, 'invalidation_log', 'log_away');
      const blind = await becomes(replica, ({ isServing }) => !isServing);
      expect(blind.checks.data.status).toBe('down');
      expect(blind.checks.data.lagMs).toBeGreaterThan(MAX_LAG_MS);
      await rename(replica, 'log_away', 'invalidation_log');
      await becomes(replica, ({ isServing }) => isServing);
    });
  },
  { sqliteOnly: 'the copy of the test is a file' },
);
