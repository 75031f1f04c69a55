import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { z } from 'zod';
import { RedisConnections } from '#libs/redis';
import { describeOnEachDatabase, eventually, gate } from '#libs/testing';
import { countJob, JobsFixture } from '../../../test/support/jobs-fixture.js';
import type { JobsReplica } from '../../../test/support/jobs-replica.js';
import { defineJob } from './index.js';
import { JobQueues } from './outbox/job-queues.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { WorkerPool } from './worker/worker-pool.js';

const PREFIX = '{lockstep:jobs}';

describeOnEachDatabase('a job', (open) => {
  let fixture: JobsFixture;
  beforeEach(async () => {
    fixture = await JobsFixture.create(open);
    fixture.handle = fixture.count;
  });
  afterEach(() => fixture.remove());

  const completes = (replica: JobsReplica, id: string) =>
    eventually('the job completes', () => replica.isIn(id, 'completed'));

  const disconnected = (replica: JobsReplica) =>
    eventually('the outage is noticed', () => !replica.module.get(JobQueues).isReady);

  it('that commerce enqueued runs in authoring, and whoever asked for it is told', async () => {
    const authoring = await fixture.start();
    const commerce = await fixture.start({ role: 'commerce' });
    const id = await commerce.enqueue(countJob, { counter: 'a' }, { requestedBy: 'user-1' });
    await completes(authoring, id);
    expect(await fixture.counter('a')).toBe(1);
    expect((await commerce.job(id)).result_json).toBe('{"counted":"a"}');
    expect(await commerce.notifications()).toEqual([
      { audience: 'user:user-1', type: 'job.completed' },
    ]);
  });

  it('carries nothing but its id through Redis', async () => {
    const commerce = await fixture.start({ role: 'commerce' });
    const id = await commerce.enqueue(countJob, { counter: 'secret-name' });
    await eventually('it is dispatched', () => commerce.isIn(id, 'dispatched'));
    const hash = await fixture.redis.cli('HGETALL', `${PREFIX}:count.v1:ob_${id}`);
    expect(hash).toContain(`{"id":"${id}"}`);
    expect(hash).not.toContain('secret-name');
  });

  it('does not exist when its unit of work fails', async () => {
    const replica = await fixture.start();
    const work = replica.unitOfWork.run(async (tx) => {
      await tx.enqueue(countJob, { counter: 'a' });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await completes(replica, await replica.enqueue(countJob, { counter: 'b' }));
    expect(await fixture.counter('a')).toBe(0);
  });

  it('enqueued while Redis is down runs once when it is back', async () => {
    const authoring = await fixture.start();
    const commerce = await fixture.start({ role: 'commerce' });
    await fixture.redis.kill();
    await disconnected(commerce);
    const id = await commerce.enqueue(countJob, { counter: 'a' });
    // Enqueued while Redis is still away: it has not waited for it.
    expect(commerce.module.get(JobQueues).isReady).toBe(false);
    expect(await commerce.isIn(id, 'pending')).toBe(true);
    await fixture.redis.restart();
    await completes(authoring, id);
    expect(await fixture.counter('a')).toBe(1);
    expect(fixture.runs).toBe(1);
  });

  it('enqueued before Redis was ever up runs once when it comes', async () => {
    await fixture.redis.kill();
    const replica = await fixture.start();
    const id = await replica.enqueue(countJob, { counter: 'a' });
    expect(await replica.isIn(id, 'pending')).toBe(true);
    await fixture.redis.restart();
    await completes(replica, id);
    expect(await fixture.counter('a')).toBe(1);
  });

  it('runs although Redis was emptied after it was handed over', async () => {
    const commerce = await fixture.start({ role: 'commerce', timing: { recheckMs: 600_000 } });
    const id = await commerce.enqueue(countJob, { counter: 'a' });
    await eventually('it is dispatched', () => commerce.isIn(id, 'dispatched'));
    await fixture.redis.cli('FLUSHALL');
    const deliveryKey = `${PREFIX}:count.v1:ob_${id}`;
    await eventually('it is handed over again', async () => {
      return (await fixture.redis.cli('EXISTS', deliveryKey)) === '1';
    });
    const authoring = await fixture.start();
    await completes(authoring, id);
    expect(await fixture.counter('a')).toBe(1);
  });

  it('runs although Redis lost just this job', async () => {
    const commerce = await fixture.start({ role: 'commerce' });
    const id = await commerce.enqueue(countJob, { counter: 'a' });
    await eventually('it is dispatched', () => commerce.isIn(id, 'dispatched'));
    await fixture.redis.cli('DEL', `${PREFIX}:count.v1:ob_${id}`, `${PREFIX}:count.v1:wait`);
    await completes(await fixture.start(), id);
    expect(await fixture.counter('a')).toBe(1);
  });

  it('has its effects once although Redis is emptied while it runs', async () => {
    const entered = gate();
    const leave = gate();
    fixture.handle = async (payload, context) => {
      entered.open();
      await leave.opened;
      await fixture.count(payload, context);
    };
    const replica = await fixture.start();
    await fixture.start();
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await entered.opened;
    await fixture.redis.cli('FLUSHALL');
    leave.open();
    await completes(replica, id);
    const other = await replica.enqueue(countJob, { counter: 'b' });
    await completes(replica, other);
    expect(await fixture.counter('a')).toBe(1);
    expect(fixture.runs).toBe(2);
  });

  it('has no second effect when it is delivered again', async () => {
    const replica = await fixture.start({ timing: { redisTimeoutMs: 10_000 } });
    const id = await replica.enqueue(countJob, { counter: 'a' });
    await completes(replica, id);
    const queues = replica.module.get(JobQueues);
    const deliveryKey = `${PREFIX}:count.v1:ob_${id}`;
    await eventually('Redis has finished it', async () => {
      return (await fixture.redis.cli('HEXISTS', deliveryKey, 'finishedOn')) === '1';
    });
    await queues.remove(countJob.queue, [id]);
    await queues.add(countJob.queue, [{ id, name: countJob.name }]);
    await eventually('the second delivery is finished', async () => {
      return (await fixture.redis.cli('HEXISTS', deliveryKey, 'finishedOn')) === '1';
    });
    expect(await fixture.counter('a')).toBe(1);
    expect(fixture.runs).toBe(1);
  });

  it('waits, without failing, while nobody knows its contract', async () => {
    const count = z.strictObject({ counter: z.string() });
    const newer = defineJob({ name: 'count', version: 2, schema: count });
    const old = await fixture.start();
    const id = await old.enqueue(newer, { counter: 'a' });
    await eventually('it is dispatched', () => old.isIn(id, 'dispatched'));
    await completes(old, await old.enqueue(countJob, { counter: 'b' }));
    expect(await old.isIn(id, 'dispatched')).toBe(true);
    const metrics = async () => (await old.metrics.render()).body;
    await eventually('it shows in the metrics', async () =>
      (await metrics()).includes('lockstep_jobs_unhandled{queue="count.v2",role="authoring"} 1'),
    );
    expect(await metrics()).not.toContain('lockstep_jobs_unhandled{queue="count.v1"');
  });

  it('waits unserved until a worker tells that it is there, and again when the worker is gone', async () => {
    const commerce = await fixture.start({ role: 'commerce' });
    const unserved = 'lockstep_jobs_unhandled{queue="count.v1",role="commerce"} 1';
    const isUnserved = async () => (await commerce.metrics.render()).body.includes(unserved);
    const queues = commerce.module.get(JobQueues);
    const isServed = async () => (await queues.servedQueues(Date.now())).has(countJob.queue);
    await commerce.enqueue(countJob, { counter: 'a' });
    await eventually('it shows in the metrics', isUnserved);
    const authoring = await fixture.start();
    await eventually('its worker is heard of', isServed);
    await authoring.stop();
    await eventually('its worker is not heard of any more', async () => !(await isServed()));
    await commerce.enqueue(countJob, { counter: 'b' });
    await eventually('it shows in the metrics again', isUnserved);
  });

  it('is handed over at once after its commit, long before the next sweep', async () => {
    const replica = await fixture.start({ timing: { sweepMs: 600_000, stalledMs: 600_000 } });
    // The first look of the loop is over when a job has gone through.
    await completes(replica, await replica.enqueue(countJob, { counter: 'first' }));
    await completes(replica, await replica.enqueue(countJob, { counter: 'a' }));
    expect(await fixture.counter('a')).toBe(1);
  });

  it('is claimed by one replica, whoever asks again, until the claim has run out', async () => {
    await fixture.redis.kill();
    const replicas = [await fixture.start(), await fixture.start()];
    const outboxes = replicas.map(({ module }) => module.get(OutboxRepository));
    const ids = [];
    for (let count = 0; count < 5; count += 1) {
      ids.push(await replicas[0]?.enqueue(countJob, { counter: 'a' }));
    }
    const now = Date.now() + 1_000;
    const claims = await Promise.all(
      outboxes.map((outbox, index) => outbox.claimDue(`owner-${index}`, now, now + 60_000, 3)),
    );
    const rest = await outboxes[1]?.claimDue('owner-1', now, now + 60_000, 10);
    const claimed = [...claims.flat(), ...(rest ?? [])].map(({ id }) => id);
    expect(claimed).toHaveLength(ids.length);
    expect(new Set(claimed)).toEqual(new Set(ids));
    expect(await outboxes[0]?.claimDue('owner-2', now, now + 60_000, 10)).toEqual([]);
    const later = await outboxes[0]?.claimDue('owner-2', now + 60_001, now + 120_000, 10);
    expect(later).toHaveLength(ids.length);
    await fixture.redis.restart();
  });

  it('leaves no call waiting for a Redis that is frozen', async () => {
    const replica = await fixture.start({ timing: { redisTimeoutMs: 200 } });
    const queues = replica.module.get(JobQueues);
    await completes(replica, await replica.enqueue(countJob, { counter: 'a' }));
    fixture.redis.freeze();
    const calls = {
      add: queues.add(countJob.queue, [{ id: 'x', name: countJob.name }]),
      inspect: queues.inspect(countJob.queue, ['x']),
      remove: queues.remove(countJob.queue, ['x']),
      generation: queues.generation(),
      announceServed: queues.announceServed([countJob.queue], 1),
      servedQueues: queues.servedQueues(1),
      countWaiting: queues.countWaiting(countJob.queue),
    };
    const ends = await Promise.all(
      Object.entries(calls).map(async ([name, call]) => {
        const end = await call.then(
          () => 'answered',
          (error: { code?: string }) => error.code,
        );
        return [name, end];
      }),
    );
    // Still frozen: what ended the calls was their bound.
    const expected = Object.keys(calls).map((name) => [name, 'kernel.deadline-exceeded']);
    expect(ends).toEqual(expected);
    fixture.redis.thaw();
  });

  it('does not run before its delay has passed', async () => {
    const replica = await fixture.start();
    const later = await replica.enqueue(countJob, { counter: 'later' }, { delayMs: 3_600_000 });
    const soon = await replica.enqueue(countJob, { counter: 'soon' }, { delayMs: 300 });
    await completes(replica, soon);
    expect(await replica.isIn(later, 'pending')).toBe(true);
  });

  it('survives a Redis that freezes, and stopping does not wait for it', async () => {
    const replica = await fixture.start();
    await completes(replica, await replica.enqueue(countJob, { counter: 'a' }));
    fixture.redis.freeze();
    const id = await replica.enqueue(countJob, { counter: 'b' });
    // Redis stays frozen: stopping ends although nothing of it answers.
    await replica.stop();
    fixture.redis.thaw();
    const other = await fixture.start();
    await completes(other, id);
    expect(await fixture.counter('b')).toBe(1);
  });

  it('is taken by a new worker when the old one has stopped taking jobs', async () => {
    // The new one may take its time to begin.
    const replica = await fixture.start({ timing: { stuckMs: 10_000 } });
    const pool = replica.module.get(WorkerPool);
    const stuck = await eventually('its worker is open', () =>
      pool.open.find(({ queue }) => queue === countJob.queue),
    );
    await completes(replica, await replica.enqueue(countJob, { counter: 'first' }));
    await stuck.pause();
    const ids = [];
    // BullMQ may still take one: it was waiting for it when it was paused.
    for (const counter of ['a', 'b', 'c']) ids.push(await replica.enqueue(countJob, { counter }));
    for (const id of ids) await completes(replica, id);
    expect(pool.open).not.toContain(stuck);
    const { body } = await replica.metrics.render();
    const rebuilt =
      /^lockstep_jobs_workers_rebuilt_total\{queue="count.v1",role="authoring"\} (\d+)$/m.exec(
        body,
      );
    expect(rebuilt?.[1]).toBe('1');
  });

  it('runs after every connection was cut', async () => {
    const replica = await fixture.start();
    await completes(replica, await replica.enqueue(countJob, { counter: 'a' }));
    await fixture.redis.cli('CLIENT', 'KILL', 'TYPE', 'normal');
    await completes(replica, await replica.enqueue(countJob, { counter: 'b' }));
    expect([await fixture.counter('a'), await fixture.counter('b')]).toEqual([1, 1]);
  });

  it('is seen by plain BullMQ under the queue of its contract', async () => {
    const commerce = await fixture.start({ role: 'commerce' });
    await commerce.enqueue(countJob, { counter: 'a' });
    const connection = commerce.module.get(RedisConnections).open('jobs-producer');
    const queue = new Queue(countJob.queue, { connection, prefix: PREFIX });
    await eventually('it waits there', async () => (await queue.getWaitingCount()) === 1);
    await queue.close();
  });
});
