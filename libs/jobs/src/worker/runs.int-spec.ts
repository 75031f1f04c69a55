import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { UserError, type JsonObject } from '#libs/kernel';
import { describeOnEachDatabase, eventually, gate } from '#libs/testing';
import { JOB_PROGRESS_SINK, JobAdministration, type JobProgress } from '#authoring/jobs';
import { countJob, hastyJob, JobsFixture } from '../../../../test/support/jobs-fixture.js';
import { JobRunRepository } from './job-run.repository.js';
import { RunMonitor } from './run-monitor.js';

describeOnEachDatabase('a run', (open) => {
  let fixture: JobsFixture;
  beforeEach(async () => {
    fixture = await JobsFixture.create(open);
  });
  afterEach(() => fixture.remove());

  it('resumes after the steps that an earlier attempt has done', async () => {
    const seen: (string | undefined)[] = [];
    fixture.handle = async (_payload, context) => {
      seen.push(await context.findLastStep('batch-'));
      await context.step('batch-01', (tx) => fixture.increment(tx, 'one'));
      if (context.attempt === 1) throw new Error('crash between effects');
      await context.step('batch-02', (tx) => fixture.increment(tx, 'two'));
      await context.complete((tx) => fixture.increment(tx, 'end'));
    };
    const replica = await fixture.start();
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await replica.reaches(id, 'completed');
    expect(seen).toEqual([undefined, 'batch-01']);
    const counters = ['one', 'two', 'end'].map((name) => fixture.counter(name));
    expect(await Promise.all(counters)).toEqual([1, 1, 1]);
    expect(await replica.job(id)).toMatchObject({ attempts: 2, error_json: null });
  });

  it('leaves nothing of a step whose work fails', async () => {
    fixture.handle = (_payload, context) =>
      context
        .step('only', async (tx) => {
          await fixture.increment(tx, 'a');
          if (context.attempt === 1) throw new Error('half way');
        })
        .then(() => undefined);
    const replica = await fixture.start();
    await replica.reaches(await replica.enqueue(countJob, { counter: 'a' }), 'completed');
    expect(await fixture.counter('a')).toBe(1);
  });

  it('that fails every time ends dead, is told, and can be retried by hand', async () => {
    let isRepaired = false;
    fixture.handle = async (_payload, context) => {
      await context.step('first', (tx) => fixture.increment(tx, 'first'));
      if (!isRepaired) throw new Error('no route to mssql://sa:hunter2@db, password=hunter2');
    };
    // The retry must depend neither on the comparison with Redis nor on the next sweep.
    const replica = await fixture.start({ timing: { recheckMs: 600_000, sweepMs: 600_000 } });
    const id = await replica.enqueue(countJob, { counter: 'a' }, { requestedBy: 'user-1' });
    await replica.reaches(id, 'dead');
    const { attempts, error_json } = await replica.job(id);
    expect(attempts).toBe(3);
    expect(error_json).toContain('jobs.failed');
    expect(error_json).not.toContain('hunter2');
    expect(await replica.notifications()).toEqual([
      { audience: 'user:user-1', type: 'job.dead' },
      { audience: 'permission:jobs:job:read', type: 'job.dead' },
    ]);
    const deliveryKey = `{lockstep:jobs}:count.v1:ob_${id}`;
    // A delivery that has not ended there yet would be waited for until the next sweep.
    await eventually('Redis has finished it', async () => {
      return (await fixture.redis.cli('HEXISTS', deliveryKey, 'finishedOn')) === '1';
    });
    isRepaired = true;
    await replica.module.get(JobAdministration).retry(id);
    await replica.reaches(id, 'completed');
    expect(await replica.job(id)).toMatchObject({ attempts: 1 });
    expect(await fixture.counter('first')).toBe(1);
    expect(fixture.runs).toBe(4);
  });

  it('that cannot succeed is not tried again', async () => {
    const gone = { code: 'test.file-gone', family: 'user', status: 422, title: 'Gone' } as const;
    fixture.handle = async () => {
      throw new UserError(gone);
    };
    const replica = await fixture.start();
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await replica.reaches(id, 'dead');
    expect(fixture.runs).toBe(1);
  });

  it('whose payload is not what its contract says reaches no handler, and is not tried again', async () => {
    const replica = await fixture.start();
    for (const payload of ['{"counter":7}', '{"counter":"a","more":1}', 'null', '{"counter":']) {
      // As an older version of the contract, or a hand in the database, has left it.
      const id = await replica.unitOfWork.run(async (tx) => {
        const enqueued = await tx.enqueue(countJob, { counter: 'a' });
        await tx.execute(sql`UPDATE job SET payload_json = ${payload} WHERE id = ${enqueued}`);
        return enqueued;
      });
      await replica.reaches(id, 'dead');
      const { attempts, error_json } = await replica.job(id);
      const failure = JSON.parse(error_json ?? 'null') as JsonObject;
      expect([attempts, failure]).toMatchObject([1, { code: 'jobs.invalid-payload' }]);
    }
    expect(fixture.runs).toBe(0);
  });

  it('is cancelled while it works, and has no effect afterwards', async () => {
    const entered = gate();
    const answered = gate();
    fixture.handle = async (_payload, context) => {
      entered.open();
      await once(context.signal, 'abort');
      await answered.opened;
      await context.complete((tx) => fixture.increment(tx, 'a'));
    };
    const replica = await fixture.start();
    const other = await fixture.start({ environment: { JOBS_WORKER: 'false' } });
    const id = await replica.enqueue(countJob, { counter: 'a' }, { requestedBy: 'user-1' });
    await entered.opened;
    const asked = await other.module.get(JobAdministration).cancel(id);
    expect(asked).toMatchObject({ state: 'active', isCancelRequested: true });
    answered.open();
    await replica.reaches(id, 'cancelled');
    expect(await fixture.counter('a')).toBe(0);
    expect(await replica.notifications()).toEqual([
      { audience: 'user:user-1', type: 'job.cancelled' },
    ]);
    // Set before: a worker may take the job before who asked for it is told.
    fixture.handle = async () => undefined;
    await other.module.get(JobAdministration).retry(id);
    await replica.reaches(id, 'completed');
  });

  it('never starts when the job was cancelled before', async () => {
    const commerce = await fixture.start({ role: 'commerce' });
    const id = await commerce.enqueue(countJob, { counter: 'a' });
    await commerce.reaches(id, 'dispatched');
    const authoring = await fixture.start({ environment: { JOBS_WORKER: 'false' } });
    await authoring.module.get(JobAdministration).cancel(id);
    const worker = await fixture.start();
    await worker.reaches(await commerce.enqueue(countJob, { counter: 'b' }), 'completed');
    expect(await worker.isIn(id, 'cancelled')).toBe(true);
    expect(fixture.runs).toBe(1);
    await expect(authoring.module.get(JobAdministration).cancel(id)).resolves.toMatchObject({
      state: 'cancelled',
    });
  });

  it('has no effect after it was cancelled although nobody told it', async () => {
    const entered = gate();
    const leave = gate();
    const outcome = gate<unknown>();
    fixture.handle = async (_payload, context) => {
      entered.open();
      await leave.opened;
      const late = context.step('late', (tx) => fixture.increment(tx, 'a'));
      await late.then(outcome.open, outcome.open);
      await late;
    };
    const replica = await fixture.start();
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await entered.opened;
    replica.module.get(RunMonitor).stop();
    await replica.module.get(JobAdministration).cancel(id);
    leave.open();
    expect(await outcome.opened).toMatchObject({ code: 'jobs.cancelled' });
    expect(await fixture.counter('a')).toBe(0);
    await replica.reaches(id, 'cancelled');
  });

  it('has the effects of its end once although writing the end fails the first time', async () => {
    const replica = await fixture.start();
    const runs = replica.module.get(JobRunRepository);
    const complete = runs.complete.bind(runs);
    let failures = 1;
    runs.complete = (...end) => {
      failures -= 1;
      return failures < 0 ? complete(...end) : Promise.reject(new Error('the end aborts'));
    };
    fixture.handle = (_payload, context) => context.complete((tx) => fixture.increment(tx, 'a'));
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await replica.reaches(id, 'completed');
    expect(fixture.runs).toBe(2);
    expect(await fixture.counter('a')).toBe(1);
  });

  it('writes its effects and its end in one transaction', async () => {
    const replica = await fixture.start();
    const withEnd: boolean[] = [];
    fixture.handle = (_payload, context) =>
      context.complete(async (tx) => {
        await fixture.increment(tx, 'a');
        // A listener hears of a transaction once: what was told to the requester came with the effect.
        tx.notify('user:witness', { type: 'test.witness', payload: {} });
      });
    const stop = replica.unitOfWork.onCommit(({ notifications }) => {
      const types = notifications.map(({ type }) => type);
      if (types.includes('test.witness')) withEnd.push(types.includes('job.completed'));
    });
    const id = await replica.enqueue(countJob, { counter: 'a' }, { requestedBy: 'user-1' });
    await replica.reaches(id, 'completed');
    await eventually('the listener is told', () => withEnd.length > 0);
    stop();
    expect(withEnd).toEqual([true]);
  });

  it('that ignores its timeout is left behind and fails', async () => {
    fixture.handle = () => new Promise(() => undefined);
    const replica = await fixture.start({ timing: { abortGraceMs: 50 } });
    const id = await replica.enqueue(hastyJob, { counter: 'a' });
    await replica.reaches(id, 'dead');
    expect((await replica.job(id)).error_json).toContain('jobs.timed-out');
  });

  it('stores and pushes its progress, the last value always', async () => {
    const pushed: JobProgress[] = [];
    const leave = gate();
    fixture.handle = async (_payload, context) => {
      for (let done = 1; done <= 1_000; done += 1) context.progress({ done });
      await leave.opened;
      context.progress({ done: 1_001 });
    };
    const sink = { progress: (job: JobProgress) => void pushed.push(job) };
    const replica = await fixture.start({
      providers: [{ provide: JOB_PROGRESS_SINK, useValue: sink }],
    });
    const id = await replica.enqueue(countJob, { counter: 'a' }, { requestedBy: 'user-1' });
    await eventually('a value is pushed', () => pushed.length > 0);
    leave.open();
    await replica.reaches(id, 'completed');
    expect(pushed.length).toBeLessThan(5);
    expect(pushed[0]).toMatchObject({ id, name: 'count', state: 'active', requestedBy: 'user-1' });
    const { progress_json } = await replica.job(id);
    expect(JSON.parse(progress_json ?? 'null') as JsonObject).toEqual({ done: 1_001 });
  });
});
