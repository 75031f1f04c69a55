import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { RedisConnections, RedisNames, type RedisUser } from '#libs/redis';
import { describeOnEachDatabase, eventually } from '#libs/testing';
import { countJob, JobsFixture } from '../../../test/support/jobs-fixture.js';
import { createRedisUsers, refusals } from '../../../test/support/redis-users.js';
import { JobQueues } from './outbox/job-queues.js';

const names = new RedisNames({ channelPrefix: 'lockstep' });
const ID = '01900000-0000-7000-8000-000000000000';
const QUEUE = `${names.queuePrefix}:count.v1`;
const STAFF_ROOM = `${names.pushKey}#/#permission:jobs:job:read#`;

type Command = readonly [string, ...string[]];

const NOBODY: readonly Command[] = [
  ['FLUSHALL'],
  ['FLUSHDB'],
  ['KEYS', '*'],
  ['SCAN', '0'],
  ['RANDOMKEY'],
  ['CONFIG', 'GET', 'requirepass'],
  ['SCRIPT', 'FLUSH'],
  ['ACL', 'LIST'],
  ['CLIENT', 'KILL', 'TYPE', 'normal'],
  ['MONITOR'],
  ['SHUTDOWN', 'NOSAVE'],
  ['GET', 'other:shared:entry:a:b'],
  ['SET', 'lockstepped', '1'],
  ['PUBLISH', 'other:invalidation', ''],
  ['PUBLISH', '__keyevent@0__:set', ''],
  ['PSUBSCRIBE', '*'],
  ['EVAL', "return redis.call('FLUSHALL')", '0'],
  ['EVAL', "return redis.call('GET', 'other:secret')", '0'],
];

const NOT_COMMERCE: readonly Command[] = [
  ['PUBLISH', STAFF_ROOM, ''],
  ['PUBLISH', `${names.pushKey}#/#user:${ID}#`, ''],
  // To take a job: from its list, by its marker, and with the lock that says so.
  ['RPOPLPUSH', `${QUEUE}:wait`, `${QUEUE}:active`],
  ['LPUSH', `${QUEUE}:active`, `ob_${ID}`],
  ['BZPOPMIN', `${QUEUE}:marker`, '1'],
  ['SET', `${QUEUE}:ob_${ID}:lock`, 'mine'],
  ['EVAL', "return redis.call('SET', KEYS[1], 'mine')", '1', `${QUEUE}:ob_${ID}:lock`],
  // To end one.
  ['ZADD', `${QUEUE}:completed`, '1', `ob_${ID}`],
  ['ZADD', `${QUEUE}:failed`, '1', `ob_${ID}`],
  ['DEL', `${QUEUE}:active`],
];

const NOT_OPERATOR: readonly Command[] = [
  ['GET', names.sharedEntry('a', 'b')],
  ['PUBLISH', names.invalidationChannel, ''],
  ['SUBSCRIBE', names.invalidationChannel],
  ['EVAL', 'return 1', '0'],
];

describeOnEachDatabase('the users of Redis', (open) => {
  let fixture: JobsFixture;
  let urls: Readonly<Record<RedisUser, string>>;
  const opened: RedisConnections[] = [];

  beforeEach(async () => {
    fixture = await JobsFixture.create(open);
    urls = await createRedisUsers(fixture.redis, 'lockstep');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.onApplicationShutdown()));
    await fixture.remove();
  });

  async function clientOf(user: RedisUser) {
    const connections = new RedisConnections({
      config: loadConfig({ REDIS_URL: urls[user], REDIS_COMMAND_TIMEOUT_MS: '10000' }, 'commerce')
        .redis,
      replicaId: 'r1',
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
    });
    opened.push(connections);
    const client = connections.open('commands');
    await eventually('it is connected', () => client.status === 'ready');
    return client;
  }

  it('let commerce hand over a job, look after it and take its remains away, and authoring run it', async () => {
    fixture.handle = ({ counter }, context) =>
      context.complete(async (tx) => {
        await fixture.increment(tx, counter);
        return {};
      });
    const commerce = await fixture.start({
      role: 'commerce',
      redisUrl: urls.commerce,
      timing: { redisTimeoutMs: 10_000 },
    });
    const queues = commerce.module.get(JobQueues);
    const id = await commerce.enqueue(countJob, { counter: 'a' });
    await eventually('it is dispatched', () => commerce.isIn(id, 'dispatched'));
    const stateOf = async (job: string) => (await queues.inspect('count.v1', [job])).get(job);
    expect(await stateOf(id)).toBe('present');
    const authoring = await fixture.start({ redisUrl: urls.authoring });
    await eventually('the job completes', () => authoring.isIn(id, 'completed'));
    expect(await fixture.counter('a')).toBe(1);
    await eventually('Redis knows', async () => (await stateOf(id)) === 'completed');
    // What is done for a job that Redis takes for finished and SQL does not; a hash in no list is one, too.
    await eventually('it is gone', async () => {
      // Again where it was late enough to be handed over once more meanwhile.
      await queues.remove('count.v1', [id]);
      return (await stateOf(id)) === 'absent';
    });
    await fixture.redis.cli('HSET', `${QUEUE}:ob_${ID}`, 'name', 'count');
    expect(await stateOf(ID)).toBe('failed');
    await queues.remove('count.v1', [ID]);
    expect(await stateOf(ID)).toBe('absent');
    expect(await queues.generation()).toMatch(/-/);
    await eventually('commerce sees that the queue is served', async () =>
      (await queues.servedQueues(Date.now())).has('count.v1'),
    );
    expect(await refusals(fixture.redis)).toBe('');
  });

  it.each([
    ['commerce', [...NOBODY, ...NOT_COMMERCE]],
    ['authoring', NOBODY],
    ['operator', [...NOBODY, ...NOT_OPERATOR]],
  ] as const)('refuse what is not for %s', async (user, commands) => {
    const client = await clientOf(user);
    const allowed: string[] = [];
    for (const [command, ...args] of commands) {
      const answer = await client.call(command, args).catch((error: Error) => error.message);
      if (
        !/^NOPERM|can't (?:run this command|access at least one of the keys)/.test(String(answer))
      ) {
        allowed.push(`${command} ${args.join(' ')}: ${String(answer)}`);
      }
    }
    expect(allowed).toEqual([]);
  });

  it('let authoring tell what commerce may not, and the operator look', async () => {
    const authoring = await clientOf('authoring');
    expect(await authoring.publish(STAFF_ROOM, '')).toBe(0);
    const operator = await clientOf('operator');
    expect(await operator.info()).toContain('maxmemory_policy');
    expect(await operator.call('ACL', ['LOG'])).toEqual([]);
  });
});
