import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { sql, UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import { startPlatform } from '../../../../test/support/platform.js';
import { JobBacklog } from './job-backlog.js';
import { OutboxRepository } from './outbox.repository.js';

describeOnEachDatabase('the backlog of jobs', (open) => {
  let database: DatabaseFixture;
  let module: TestingModule;

  beforeEach(async () => {
    database = await open();
    module = await startPlatform({
      databaseUrl: database.url,
      providers: [OutboxRepository, JobBacklog],
    });
  });
  afterEach(async () => {
    await module.close();
    await database.remove();
  });

  const measure = (now: number) => module.get(JobBacklog).measure(now);

  async function add(jobs: readonly (readonly [state: string, availableAt: number])[]) {
    const rows = jobs.map(([state, availableAt]) => ({
      id: newId(),
      name: 'test',
      version: 1,
      queue: 'test',
      payload_json: '{}',
      state,
      attempts: 0,
      max_attempts: 3,
      run_token: 0,
      cancel_requested: false,
      available_at: availableAt,
      created_at: 1,
    }));
    await module.get(UnitOfWork).run((tx) => tx.execute(sql.insert('job', rows)));
  }

  it('is what is due and not finished, and as old as the oldest that nobody has started', async () => {
    expect(await measure(1_000)).toEqual({ dueJobs: 0, oldestDueMs: 0 });
    await add([
      ['active', 10],
      ['dispatched', 100],
      ['pending', 200],
      ['pending', 2_000],
      ['completed', 1],
      ['dead', 2],
      ['cancelled', 3],
    ]);
    expect(await measure(1_000)).toEqual({ dueJobs: 3, oldestDueMs: 900 });
    expect(await measure(200)).toEqual({ dueJobs: 3, oldestDueMs: 100 });
    expect(await measure(199)).toEqual({ dueJobs: 2, oldestDueMs: 99 });
    expect(await measure(50)).toEqual({ dueJobs: 1, oldestDueMs: 0 });
  });
});
