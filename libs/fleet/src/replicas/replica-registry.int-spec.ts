import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { CacheModule, CoherentCache, textKey } from '#libs/cache';
import { sql, UnitOfWork } from '#libs/database';
import { HealthRegistry, Metrics, ReplicaLoad } from '#libs/observability';
import { describeOnEachDatabase, eventually, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../../test/support/platform.js';
import { FleetModule } from '../fleet.module.js';
import { ReplicaList } from './replica-list.js';

describeOnEachDatabase('the list of replicas', (open) => {
  let database: DatabaseFixture;
  let replica: TestingModule;

  beforeEach(async () => {
    database = await open();
    replica = await startPlatform({
      databaseUrl: database.url,
      role: 'commerce',
      env: { REPLICA_ID: 'self' },
      imports: [CacheModule, FleetModule],
    });
  });

  afterEach(async () => {
    await replica.close();
    await database.remove();
  });

  const list = () => replica.get(ReplicaList).list();

  async function unreadable(): Promise<number> {
    const { body } = await replica.get(Metrics).render();
    return Number(/^lockstep_fleet_unreadable_replicas\S* (\d+)$/m.exec(body)?.[1]);
  }

  function plant(id: string, statusJson: string): Promise<void> {
    const row = { id, role: 'commerce', version: '9', started_at: 1, seen_at: 1 };
    return replica
      .get(UnitOfWork)
      .run((tx) => tx.execute(sql.insert('replica', [{ ...row, status_json: statusJson }])))
      .then(() => undefined);
  }

  it('shows how busy a replica was since it reported itself last', async () => {
    replica.get(HealthRegistry).markServing();
    const reader = replica.get(CoherentCache).reader<string, { readonly text: string }>({
      name: 'test.text',
      key: textKey,
      load: async (text) => ({ text }),
      ttlMs: 600_000,
    });
    const load = replica.get(ReplicaLoad);
    let known = 0;
    // What is noted between two reports is in the second: it goes on until one says so.
    const reported = await eventually('it has reported load', async () => {
      load.noteRequest(40);
      known += 1;
      await reader.get(`text ${known}`);
      await reader.get(`text ${known}`);
      const [self] = await list();
      const found = self?.status.load;
      return found !== null && found !== undefined && found.requestsPerSecond > 0
        ? found
        : undefined;
    });
    expect(reported.isReady).toBe(true);
    const { cpuPercent, eventLoopDelayMs, p99Ms, hits, misses } = reported;
    expect(p99Ms).toBeGreaterThan(39);
    expect(p99Ms).toBeLessThan(41);
    expect(cpuPercent).toBeGreaterThan(0);
    expect(eventLoopDelayMs).toBeGreaterThan(0);
    expect(misses).toBeGreaterThan(0);
    expect(hits).toBeGreaterThan(0);
    expect(misses).toBeLessThanOrEqual(known);
  });

  it('leaves out a replica whose status cannot be read, and counts it', async () => {
    await eventually('it has reported itself', async () => (await list()).length === 1);
    expect(await unreadable()).toBe(0);
    await plant('damaged', '{"position":');
    await plant('foreign', '{"another":"release"}');
    expect((await list()).map(({ id }) => id)).toEqual(['self']);
    expect(await unreadable()).toBe(2);
    await replica
      .get(UnitOfWork)
      .run((tx) => tx.execute(sql`DELETE FROM replica WHERE started_at = 1`));
    await list();
    expect(await unreadable()).toBe(0);
  });
});
