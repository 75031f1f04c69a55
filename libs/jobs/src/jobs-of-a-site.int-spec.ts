import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeOnEachDatabase, eventually, startRedis } from '#libs/testing';
import { countJob, JobsFixture } from '../../../test/support/jobs-fixture.js';
import { ReplicatedCopy } from '../../../test/support/replicated-copy.js';
import { JobQueues } from './outbox/job-queues.js';

const PREFIX = '{lockstep:jobs}';

describeOnEachDatabase(
  'a job of a site with its own copy and its own Redis',
  (open) => {
    let fixture: JobsFixture;
    beforeEach(async () => {
      fixture = await JobsFixture.create(open);
      fixture.handle = ({ counter }, context) =>
        context.complete(async (tx) => {
          await fixture.increment(tx, counter);
          return {};
        });
    });
    afterEach(() => fixture.remove());

    it('is handed over by the primary site', async () => {
      const authoring = await fixture.start();
      const redis = await startRedis();
      const copy = await ReplicatedCopy.of(fixture.database.url);
      try {
        copy.replicate();
        const environment = { DATABASE_COPY_URL: copy.url };
        const site = await fixture.start({ role: 'commerce', redisUrl: redis.url, environment });
        await eventually('it has a Redis', () => site.module.get(JobQueues).isReady);
        const id = await site.enqueue(countJob, { counter: 'a' });
        await eventually('the job completes', () => authoring.isIn(id, 'completed'));
        expect(await fixture.counter('a')).toBe(1);
        // Whatever the site had handed over would be where no worker looks.
        expect(await redis.cli('KEYS', `${PREFIX}*`)).toBe('');
        await site.stop();
      } finally {
        await copy.remove();
        await redis.stop();
      }
    });
  },
  { sqliteOnly: 'the copy of the test is a file' },
);
