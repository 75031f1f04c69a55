import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase, eventually, gate } from '#libs/testing';
import { countJob, JobsFixture } from '../../../../test/support/jobs-fixture.js';
import { JobQueues } from '../outbox/job-queues.js';
import { RunMonitor } from './run-monitor.js';

describeOnEachDatabase('the ownership of a run', (open) => {
  let fixture: JobsFixture;
  beforeEach(async () => {
    fixture = await JobsFixture.create(open);
  });
  afterEach(() => fixture.remove());

  it.each([
    ['has taken over', false],
    ['has taken over and ended', true],
  ])('changes nothing any more when another run %s', async (_name, hasEnded) => {
    const entered = gate();
    const taken = gate();
    const end = gate();
    if (hasEnded) end.open();
    const leave = gate();
    const outcome = gate<unknown>();
    fixture.handle = async (_payload, context) => {
      if (context.attempt > 1) {
        taken.open();
        await end.opened;
        await context.complete((tx) => fixture.increment(tx, 'second'));
        return;
      }
      entered.open();
      await leave.opened;
      // It believes it still owns the job, as a process does that was suspended.
      const late = context.step('late', (tx) => fixture.increment(tx, 'first'));
      await late.then(outcome.open, outcome.open);
      await late;
    };
    const sleepy = await fixture.start();
    const id = await sleepy.enqueue(countJob, { counter: 'a' });
    await entered.opened;
    // Its monitor does not run while a process is suspended; its lease runs out.
    sleepy.module.get(RunMonitor).stop();
    await sleepy.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE job SET claimed_until = 1 WHERE id = ${id}`),
    );
    await fixture.redis.cli('FLUSHALL');
    await fixture.start();
    await taken.opened;
    if (hasEnded) await sleepy.reaches(id, 'completed');
    leave.open();
    expect(await outcome.opened).toMatchObject({ code: 'jobs.lease-lost' });
    end.open();
    await sleepy.reaches(id, 'completed');
    expect([await fixture.counter('first'), await fixture.counter('second')]).toEqual([0, 1]);
    expect(await sleepy.isIn(id, 'completed')).toBe(true);
  });

  it('outlives its lease many times over without being started again', async () => {
    // A run that a slow machine holds up for a lease has lost its job, and rightly.
    const timing = { leaseMs: 5_000, redisTimeoutMs: 10_000 };
    const entered = gate();
    const leave = gate();
    fixture.handle = async (_payload, context) => {
      entered.open();
      await leave.opened;
      await context.complete((tx) => fixture.increment(tx, 'a'));
    };
    const replica = await fixture.start({ timing });
    const other = await fixture.start({ timing });
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await entered.opened;
    const leaseOf = async () =>
      (
        await replica.reader.query<{ claimed_until: number }>(
          sql`SELECT claimed_until FROM job WHERE id = ${id}`,
        )
      )[0]?.claimed_until ?? 0;
    const first = await leaseOf();
    await eventually('two leases have passed', async () => {
      return (await leaseOf()) >= first + 2 * timing.leaseMs;
    });
    await other.module.get(JobQueues).add(countJob.queue, [{ id, name: countJob.name }]);
    leave.open();
    await replica.reaches(id, 'completed');
    expect(fixture.runs).toBe(1);
    expect(await replica.job(id)).toMatchObject({ attempts: 1 });
  });

  it.each([
    ['every attempt was lost', sql`attempts = max_attempts`, 'dead', { code: 'jobs.crashed' }],
    ['it was cancelled before', sql`attempts = 1, cancel_requested = 1`, 'cancelled', null],
  ])('whose worker was lost is not started when %s', async (_name, change, state, failure) => {
    const commerce = await fixture.start({ role: 'commerce' });
    const id = await commerce.enqueue(countJob, { counter: 'a' });
    await commerce.reaches(id, 'dispatched');
    await commerce.unitOfWork.run((tx) =>
      tx.execute(sql`
        UPDATE job
        SET state = 'active', run_token = 3, claimed_until = 1, ${change}
        WHERE id = ${id}`),
    );
    const worker = await fixture.start();
    await worker.reaches(id, state);
    expect(fixture.runs).toBe(0);
    const { error_json } = await worker.job(id);
    expect([JSON.parse(error_json ?? 'null')]).toMatchObject([failure]);
  });

  it('is not started twice while its lease is alive', async () => {
    const entered = gate();
    const leave = gate();
    fixture.handle = async (_payload, context) => {
      entered.open();
      await leave.opened;
      await context.complete((tx) => fixture.increment(tx, 'a'));
    };
    const timing = { leaseMs: 60_000, redisTimeoutMs: 10_000 };
    const replica = await fixture.start({ timing });
    await fixture.start({ timing });
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await entered.opened;
    await fixture.redis.cli('FLUSHALL');
    await replica.module.get(JobQueues).add(countJob.queue, [{ id, name: countJob.name }]);
    const delayed = '{lockstep:jobs}:count.v1:delayed';
    await eventually('the second delivery is put off', async () => {
      return (await fixture.redis.cli('ZCARD', delayed)) === '1';
    });
    leave.open();
    await replica.reaches(id, 'completed');
    expect(fixture.runs).toBe(1);
  });

  it('is given back by a replica that stops, without using up an attempt', async () => {
    const entered = gate();
    const told: unknown[] = [];
    fixture.handle = async (_payload, context) => {
      if (fixture.runs > 1) return;
      entered.open();
      await once(context.signal, 'abort');
      told.push(context.signal.reason);
      context.signal.throwIfAborted();
    };
    const first = await fixture.start();
    const id = await first.enqueue(countJob, { counter: 'a' });
    await entered.opened;
    const second = await fixture.start();
    await first.stop();
    await second.reaches(id, 'completed');
    expect(await second.job(id)).toMatchObject({ attempts: 1, error_json: null });
    expect(fixture.runs).toBe(2);
    expect(told).toMatchObject([{ code: 'jobs.shutting-down', status: 503 }]);
  });
});
