import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { countJob, JobsFixture } from '../../../../test/support/jobs-fixture.js';
import { JobQueues } from '../outbox/job-queues.js';
import { QueueKeys } from '../queue-keys.js';

describeOnEachDatabase('deliveries', (open) => {
  let fixture: JobsFixture;
  beforeEach(async () => {
    fixture = await JobsFixture.create(open);
  });
  afterEach(() => fixture.remove());

  it.each([
    ['no data', []],
    ['text that is no JSON', ['data', '{"id":']],
    ['null', ['data', 'null']],
    ['no id', ['data', '{}']],
    ['an id that is no text', ['data', '{"id":{"$ne":1}}']],
    ['an endless id', ['data', `{"id":"${'x'.repeat(10_000)}"}`]],
    ['the id of no job', ['data', '{"id":"nobody"}']],
    ['options that are no JSON', ['data', '{"id":"nobody"}', 'opts', '{{']],
  ])('is not held up by a delivery in its queue that has %s', async (_name, fields) => {
    const replica = await fixture.start();
    const queues = replica.module.get(JobQueues);
    const key = (part: string) =>
      `${replica.module.get(QueueKeys).prefix}:${countJob.queue}:${part}`;
    await eventually('Redis is there', () => queues.isReady);
    await queues.client.hset(key('stranger'), 'name', 'count', 'timestamp', '1', ...fields);
    await queues.client.lpush(key('wait'), 'stranger', 'a hash that is not there');
    await queues.client.zadd(key('marker'), 0, '0');
    for (let job = 0; job < 5; job += 1) {
      await replica.reaches(await replica.enqueue(countJob, { counter: 'a' }), 'completed');
    }
    expect(fixture.runs).toBe(5);
  });

  it('are neither made nor asked for while Redis is away, and the job waits in SQL', async () => {
    await fixture.redis.kill();
    const replica = await fixture.start({ timing: { redisTimeoutMs: 200 } });
    const queues = replica.module.get(JobQueues);
    const id = await replica.enqueue(countJob, { counter: 'a' });
    for (const call of [
      () => queues.add(countJob.queue, [{ id, name: countJob.name }]),
      () => queues.inspect(countJob.queue, [id]),
      () => queues.remove(countJob.queue, [id]),
      () => queues.countWaiting(countJob.queue),
      () => queues.servedQueues(1),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'jobs.redis-not-ready', status: 503 });
    }
    expect(await replica.isIn(id, 'pending')).toBe(true);
    expect(fixture.runs).toBe(0);
  });

  it('counts a delivery that names no job', async () => {
    const replica = await fixture.start();
    const queues = replica.module.get(JobQueues);
    const { prefix } = replica.module.get(QueueKeys);
    await eventually('Redis is there', () => queues.isReady);
    const key = (part: string) => `${prefix}:${countJob.queue}:${part}`;
    await queues.client.hset(key('stranger'), { name: 'count', timestamp: '1', data: 'null' });
    await queues.client.lpush(key('wait'), 'stranger');
    await queues.client.zadd(key('marker'), 0, '0');
    await eventually('it is counted', async () => {
      const { body } = await replica.metrics.render();
      return /lockstep_jobs_ignored_deliveries_total\{[^}]*\} 1/.test(body);
    });
    expect(fixture.runs).toBe(0);
  });
});
