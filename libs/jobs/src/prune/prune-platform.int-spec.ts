import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { JobAdministration, JobScheduler } from '#authoring/jobs';
import {
  chunksOf,
  InvalidationLog,
  PlatformPruner,
  sql,
  type PrunesPlatform,
} from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase, eventually, gate } from '#libs/testing';
import { countJob, JobsFixture } from '../../../../test/support/jobs-fixture.js';
import type { JobsReplica } from '../../../../test/support/jobs-replica.js';
import { FinishedJobPruner } from './finished-job.pruner.js';

const DAY_MS = 24 * 3_600_000;

describeOnEachDatabase('pruning', (open) => {
  let fixture: JobsFixture;
  beforeEach(async () => {
    fixture = await JobsFixture.create(open);
  });
  afterEach(() => fixture.remove());

  const addEnded = (replica: JobsReplica, ids: readonly string[], finishedAt: number) =>
    replica.unitOfWork.run(async (tx) => {
      const endedJob = (id: string) => ({
        id,
        name: countJob.name,
        version: 1,
        queue: countJob.queue,
        payload_json: '{"counter":"a"}',
        state: 'dead',
        attempts: 3,
        max_attempts: 3,
        run_token: 3,
        cancel_requested: false,
        available_at: 1,
        created_at: 1,
        finished_at: finishedAt,
      });
      for (const chunk of chunksOf(ids, 100)) {
        await tx.execute(sql.insert('job', chunk.map(endedJob)));
        const steps = chunk.map((id) => ({ job_id: id, step: 'one', done_at: 1 }));
        await tx.execute(sql.insert('inbox', steps));
      }
    });

  const addLog = (replica: JobsReplica, rows: number, committedAt: number) =>
    replica.unitOfWork.run(async (tx) => {
      for (let done = 0; done < rows; done += 300) {
        const batch = Array.from({ length: Math.min(300, rows - done) }, () => ({
          tags_json: '[]',
          origin: 'x',
          committed_at: committedAt,
        }));
        await tx.execute(sql.insert('invalidation_log', batch));
      }
    });

  const count = async (replica: JobsReplica, table: string) =>
    (
      await replica.reader.query<{ rows_left: number }>(
        sql`SELECT COUNT(*) AS rows_left FROM ${sql.identifier(table)}`,
      )
    )[0]?.rows_left;

  it('lets each slice remove what has expired, and nothing else', async () => {
    const replica = await fixture.start();
    const now = Date.now();
    const [old, young] = [newId(), newId()];
    await addEnded(replica, [old], now - 8 * DAY_MS);
    await addEnded(replica, [young], now);
    await addLog(replica, 3, now - DAY_MS);
    await addLog(replica, 1, now);
    const id = await replica.module.get(JobScheduler).runNow('prune-platform');
    await eventually('it completes', () => replica.isIn(id, 'completed'));
    const result = JSON.parse((await replica.job(id)).result_json ?? '') as unknown;
    expect(result).toEqual({
      removed: { 'idempotency records': 0, invalidations: 3, jobs: 1 },
    });
    expect(await replica.isIn(young, 'dead')).toBe(true);
    expect(await count(replica, 'inbox')).toBe(2);
  });

  it('goes on until nothing is left, in batches of a bounded size', async () => {
    const replica = await fixture.start({ environment: { JOBS_WORKER: 'false' } });
    const log = replica.module.get(InvalidationLog);
    const now = Date.now();
    await addLog(replica, 1_201, now - DAY_MS);
    const batches = [];
    for (let gone = -1; gone !== 0;) {
      gone = await log.prune(now);
      batches.push(gone);
    }
    expect(batches).toEqual([500, 500, 200, 0]);
    const bounds = await log.bounds();
    expect(bounds.last - bounds.prunedTo).toBe(1);
    await addEnded(replica, Array.from({ length: 601 }, newId), now - 8 * DAY_MS);
    const pruner = replica.module.get(FinishedJobPruner);
    expect(await pruner.pruneBatch(now)).toBe(500);
    expect(await count(replica, 'inbox')).toBe(101);
    expect(await pruner.pruneBatch(now)).toBe(101);
    expect(await pruner.pruneBatch(now)).toBe(0);
  });

  it('leaves no half of a job that is retried while it goes', async () => {
    const replica = await fixture.start({ environment: { JOBS_WORKER: 'false' } });
    const other = await fixture.start({ environment: { JOBS_WORKER: 'false' } });
    const now = Date.now();
    const ids = Array.from({ length: 10 }, newId);
    await addEnded(replica, ids, now - 8 * DAY_MS);
    const retries = ids.map((id) =>
      other.module
        .get(JobAdministration)
        .retry(id)
        .then(
          () => 'retried',
          (error: { code?: string }) => error.code,
        ),
    );
    await replica.module.get(FinishedJobPruner).pruneBatch(now);
    const ends = await Promise.all(retries);
    const left = ends.filter((end) => end === 'retried').length;
    expect(ends.filter((end) => end === 'jobs.not-found')).toHaveLength(ids.length - left);
    // What was retried still knows its steps; of what has gone, nothing is left.
    expect(await count(replica, 'inbox')).toBe(left);
    expect(await count(replica, 'job')).toBe(left);
  });

  it('keeps what a replica with a wrong clock takes for expired', async () => {
    const seen = gate<number>();

    @Injectable()
    @PlatformPruner('witness')
    class Witness implements PrunesPlatform {
      async pruneBatch(now: number): Promise<number> {
        seen.open(now);
        return 0;
      }
    }
    const replica = await fixture.start({ providers: [Witness] });
    const young = newId();
    await addEnded(replica, [young], Date.now());
    const now = Date.now;
    let id: string;
    Date.now = () => now() + 400 * DAY_MS;
    try {
      id = await replica.module.get(JobScheduler).runNow('prune-platform');
      await eventually('it completes', () => replica.isIn(id, 'completed'));
    } finally {
      Date.now = now;
    }
    expect(Math.abs((await seen.opened) - now())).toBeLessThan(DAY_MS);
    expect(await replica.isIn(young, 'dead')).toBe(true);
  });
});
