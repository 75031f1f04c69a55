import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { defineSchedule, JobScheduler } from '#authoring/jobs';
import { sql } from '#libs/database';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { countJob, JobsFixture } from '../../../../test/support/jobs-fixture.js';
import type { JobsReplica } from '../../../../test/support/jobs-replica.js';
import { ScheduleRepository } from './schedule.repository.js';

const HOUR_MS = 3_600_000;
const yearly = defineSchedule({
  name: 'yearly-count',
  cron: '0 0 1 1 *',
  job: countJob,
  payload: { counter: 'scheduled' },
});

describeOnEachDatabase('a schedule', (open) => {
  let fixture: JobsFixture;
  beforeEach(async () => {
    fixture = await JobsFixture.create(open);
    fixture.handle = (_payload, context) =>
      context.complete((tx) => fixture.increment(tx, 'scheduled'));
  });
  afterEach(() => fixture.remove());

  const makeDue = (replica: JobsReplica, at: number) =>
    replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE schedule SET next_at = ${at} WHERE name = 'yearly-count'`),
    );

  const jobs = (replica: JobsReplica) =>
    replica.reader.query<{ id: string; state: string }>(
      sql`SELECT id, state FROM job WHERE name = 'count' ORDER BY id`,
    );

  const schedule = async (replica: JobsReplica) =>
    (await replica.module.get(JobScheduler).list()).find(({ name }) => name === 'yearly-count');

  it('enqueues an occurrence once, however many replicas tick', async () => {
    const options = { schedules: [yearly], timing: { sweepMs: 600_000 } };
    const a = await fixture.start(options);
    const b = await fixture.start(options);
    await makeDue(a, Date.now() - 60_000);
    const ticks = [a, b, a, b].map((replica) => replica.module.get(JobScheduler).tick());
    await Promise.all(ticks);
    const [job, ...others] = await jobs(a);
    expect(others).toEqual([]);
    await eventually('it runs', async () => (await fixture.counter('scheduled')) === 1);
    expect(await schedule(b)).toMatchObject({ lastJobId: job?.id });
    expect((await schedule(b))?.nextAt).toBeGreaterThan(Date.now());
  });

  it('gives an occurrence to the first who takes it', async () => {
    const options = { schedules: [yearly], timing: { sweepMs: 600_000 } };
    const replicas = [await fixture.start(options), await fixture.start(options)];
    const [a] = replicas;
    if (a === undefined) throw new Error('unreachable');
    await makeDue(a, Date.now() - 60_000);
    const takers = replicas.map(async ({ module, unitOfWork }) => {
      const repository = module.get(ScheduleRepository);
      const row = (await repository.listEnabled()).find((due) => due.next_at <= Date.now());
      if (row === undefined) return false;
      return unitOfWork.run((tx) => repository.tryTake(tx, row, Date.now() + HOUR_MS, Date.now()));
    });
    expect((await Promise.all(takers)).filter((isTaken) => isTaken)).toHaveLength(1);
  });

  it('makes one of the occurrences that nobody was there for', async () => {
    const replica = await fixture.start({ schedules: [yearly] });
    await makeDue(replica, Date.now() - 5 * 366 * 24 * HOUR_MS);
    await eventually('it runs', async () => (await fixture.counter('scheduled')) === 1);
    expect((await schedule(replica))?.nextAt).toBeGreaterThan(Date.now());
    expect(await jobs(replica)).toHaveLength(1);
  });

  it('joins the job of an earlier occurrence that has not started', async () => {
    const replica = await fixture.start({
      schedules: [yearly],
      timing: { sweepMs: 600_000 },
      environment: { JOBS_WORKER: 'false' },
    });
    for (let occurrence = 0; occurrence < 3; occurrence += 1) {
      // The clock of the database, by which it is due, is known to some milliseconds only.
      await makeDue(replica, Date.now() - 60_000);
      await replica.module.get(JobScheduler).tick();
      expect((await schedule(replica))?.nextAt).toBeGreaterThan(Date.now());
    }
    const [job, ...others] = await jobs(replica);
    expect(others).toEqual([]);
    expect(await schedule(replica)).toMatchObject({ lastJobId: job?.id });
  });

  it('keeps its occurrence while Redis is down', async () => {
    const replica = await fixture.start({ schedules: [yearly] });
    await fixture.redis.kill();
    await makeDue(replica, Date.now() - 60_000);
    await eventually('it is enqueued', async () => (await jobs(replica)).length === 1);
    await fixture.redis.restart();
    await eventually('it runs', async () => (await fixture.counter('scheduled')) === 1);
  });

  it('goes when the code no longer has it, and follows a changed cron text', async () => {
    const a = await fixture.start({ schedules: [yearly] });
    const before = await schedule(a);
    await a.stop();
    const often = defineSchedule({
      name: 'yearly-count',
      cron: '*/5 * * * *',
      job: countJob,
      payload: { counter: 'scheduled' },
    });
    // Without ticks: its occurrence of this very minute, if there is one, would be taken.
    const b = await fixture.start({ schedules: [often], timing: { sweepMs: 600_000 } });
    expect((await schedule(b))?.nextAt).toBeLessThan(before?.nextAt ?? 0);
    await b.stop();
    const c = await fixture.start();
    expect(await schedule(c)).toBeUndefined();
    const names = (await c.module.get(JobScheduler).list()).map(({ name }) => name);
    expect(names).toEqual(['check-ledgers', 'prune-platform']);
    await expect(c.module.get(JobScheduler).runNow('yearly-count')).rejects.toMatchObject({
      code: 'jobs.schedule-not-found',
      status: 404,
      details: { name: 'yearly-count' },
    });
    expect(await jobs(c)).toEqual([]);
  });

  it('is judged with the time of the database when the clock of a replica is wrong', async () => {
    const options = { schedules: [yearly], timing: { sweepMs: 600_000 } };
    const replica = await fixture.start(options);
    const before = await schedule(replica);
    const now = Date.now;
    Date.now = () => now() + 400 * 24 * HOUR_MS;
    try {
      await replica.module.get(JobScheduler).tick();
      const other = await fixture.start(options);
      await other.module.get(JobScheduler).tick();
    } finally {
      Date.now = now;
    }
    expect(await jobs(replica)).toEqual([]);
    expect(await schedule(replica)).toEqual(before);
  });

  it('is pulled back when it is further away than its own next occurrence', async () => {
    const options = { schedules: [yearly], timing: { sweepMs: 600_000 } };
    const replica = await fixture.start(options);
    const before = await schedule(replica);
    await makeDue(replica, (before?.nextAt ?? 0) + 400 * 24 * HOUR_MS);
    await replica.module.get(JobScheduler).tick();
    expect(await schedule(replica)).toEqual(before);
    expect(await jobs(replica)).toEqual([]);
  });

  it('keeps its occurrence when the job of it cannot be written', async () => {
    let isBroken = true;
    const broken = {
      ...yearly,
      enqueue: async () => {
        if (isBroken) throw new Error('the insert failed');
        return 'a-job';
      },
    };
    const replica = await fixture.start({ schedules: [broken], timing: { sweepMs: 600_000 } });
    const due = Date.now() - 60_000;
    await makeDue(replica, due);
    await replica.module.get(JobScheduler).tick();
    expect(await schedule(replica)).toMatchObject({ nextAt: due, lastJobId: undefined });
    isBroken = false;
    await replica.module.get(JobScheduler).tick();
    expect((await schedule(replica))?.lastJobId).toBe('a-job');
  });
});
