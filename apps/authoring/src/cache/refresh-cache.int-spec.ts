import { StoreReader } from '#libs/stores';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { JobsAuthoringModule, JobScheduler } from '#authoring/jobs';
import { CacheModule, CoherentCache, Follower, refreshTag, type ReaderState } from '#libs/cache';
import { FleetAuthoringModule } from '#authoring/fleet';
import { FleetModule, refreshCacheJob } from '#libs/fleet';
import { CatalogModule, refreshedRegions } from '#libs/catalog';
import { loadConfig } from '#libs/config';
import { DatabaseModule, sql } from '#libs/database';
import { CoherentHttpModule, createReplicaApp, HttpModule } from '#libs/http';
import { JobsModule } from '#libs/jobs';
import { systemClock } from '#libs/kernel';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import {
  describeOnEachDatabase,
  eventually,
  PATIENT_READS,
  startRedis,
  type RedisFixture,
} from '#libs/testing';
import { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import { startStaffReplica, type StaffReplica } from '../../../../test/support/staff-replica.js';
import { refreshCacheSchedule } from './refresh-cache.schedule.js';

const MINUTE_MS = 60_000;
const REGION = 'catalog.store';
/** Values live for nine to eleven minutes: none has expired then, and all do within three. */
const WITHIN_THE_WINDOW_MS = 8.5 * MINUTE_MS;
const jobs = JobsModule.forRoot({ contracts: [refreshCacheJob] });
const runsJobs = JobsAuthoringModule.forRoot({ schedules: [refreshCacheSchedule] });

@Module({ imports: [jobs, runsJobs, FleetAuthoringModule] })
class AuthoringJobs {}

/** What the storefront reads the catalog with. */
@Module({
  imports: [
    ObservabilityModule,
    RedisModule,
    DatabaseModule.forRoot({ isMigrating: true }),
    CacheModule,
    FleetModule,
    jobs,
    HttpModule,
    CoherentHttpModule,
    CatalogModule,
  ],
})
class CommerceReaders {}

describeOnEachDatabase('the job that refreshes caches', (open) => {
  let catalog: CatalogFixture;
  let redis: RedisFixture;
  let authoring: StaffReplica;
  let commerce: NestFastifyApplication;
  let laterMs = 0;

  beforeAll(async () => {
    const now = systemClock.monotonicMs;
    jest.spyOn(systemClock, 'monotonicMs').mockImplementation(() => now() + laterMs);
    catalog = await CatalogFixture.open(async () => {
      return open();
    });
    redis = await startRedis();
    authoring = await startStaffReplica({
      name: 'authoring',
      redisUrl: redis.url,
      databaseUrl: catalog.databaseUrl,
      modules: [AuthoringJobs],
    });
    // Orders are given when the test says so; one that the schedule has given before is carried out first.
    await setEnabled(false);
    await eventually('no order is under way', async () => {
      const waiting = await catalog.reader.query(
        sql`SELECT id FROM job WHERE state IN ('pending', 'dispatched', 'active')`,
      );
      return waiting.length === 0;
    });
    const environment = {
      DATABASE_URL: catalog.databaseUrl,
      REDIS_URL: redis.url,
      REPLICA_ID: 'commerce',
      LOG_LEVEL: 'silent',
      // What is changed behind its back is not to be found by others.
      CACHE_VERIFY_PER_SECOND: '0',
      ...PATIENT_READS,
    };
    commerce = await createReplicaApp(loadConfig(environment, 'commerce'), {
      module: CommerceReaders,
    });
  });

  afterAll(async () => {
    await commerce?.close();
    await authoring?.stop();
    await redis?.stop();
    await catalog?.close();
    jest.restoreAllMocks();
  });

  const setEnabled = (isEnabled: boolean) =>
    catalog.unitOfWork.run((tx) =>
      tx.execute(
        sql`UPDATE schedule SET enabled = ${isEnabled ? 1 : 0}, next_at = 1 WHERE name = 'refresh-cache'`,
      ),
    );

  const orders = async (): Promise<string[]> => {
    const rows = await catalog.reader.query<{ tags_json: string }>(
      sql`SELECT tags_json FROM invalidation_log WHERE tags_json LIKE ${'%refresh:%'} ORDER BY position`,
    );
    return rows.map(({ tags_json: tags }) => tags);
  };

  const jobState = async (id: string): Promise<string | undefined> => {
    const rows = await catalog.reader.query<{ state: string }>(
      sql`SELECT state FROM job WHERE id = ${id}`,
    );
    return rows[0]?.state;
  };

  const stats = (): ReaderState => {
    const states = commerce.get(CoherentCache).readerStates();
    return states.find(({ name }) => name === REGION)!;
  };

  it('makes what a commerce replica holds new before it expires, and no reader waits', async () => {
    const { code } = await catalog.addStore({ name: 'before' });
    const reader = commerce.get(StoreReader);
    const nameNow = async (): Promise<string> => (await reader.get(code)).name;
    await reader.get(code);
    expect(await nameNow()).toBe('before');
    // By hand, without a tag: only who loads anew can know.
    await catalog.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE store SET name = 'after' WHERE code = ${code}`),
    );

    laterMs = WITHIN_THE_WINDOW_MS;
    await commerce.get(Follower).followNow();
    expect(await nameNow()).toBe('before');
    const { misses, invalidations, refreshes } = stats();
    // The schedule may have given one before it was turned off.
    const before = await orders();
    const id = await authoring.app.get(JobScheduler).runNow('refresh-cache');
    await eventually('the replica holds the new value', async () => (await nameNow()) === 'after');
    // A reader that had waited would have missed.
    expect(stats()).toMatchObject({ misses, invalidations, refreshes: refreshes + 1 });
    await eventually('the job has ended', async () => (await jobState(id)) === 'completed');
    // One row for all regions and replicas.
    expect((await orders()).slice(before.length)).toEqual([
      JSON.stringify(refreshedRegions.map(refreshTag)),
    ]);

    // The old value would have expired by now.
    laterMs += 3 * MINUTE_MS;
    await commerce.get(Follower).followNow();
    expect(await nameNow()).toBe('after');
    expect(stats()).toMatchObject({ misses, refreshes: refreshes + 1 });
  });

  it('runs by its schedule', async () => {
    const before = await orders();
    await setEnabled(true);
    await eventually('an order', async () => (await orders()).length > before.length);
  });
});
