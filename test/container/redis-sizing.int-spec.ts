import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnnouncementSeal } from '#libs/cache';
import { loadConfig } from '#libs/config';
import { sql } from '#libs/database';
import { JobsTiming } from '#libs/jobs';
import { newId, systemClock } from '#libs/kernel';
import { describeOnEachDatabase, eventually, type RedisFixture } from '#libs/testing';
import { SharedFleet, type SharedReplica } from '../../libs/cache/test/shared-fleet.js';
import { ClientMeters } from '../../libs/limits/src/client-meters.js';
import { FleetLevels } from '../../libs/limits/src/fleet-levels.js';
import { RequestLimits } from '../../libs/limits/src/request-limits.js';
import type { OrderGlance } from '../../libs/orders/src/model/history/order-glance.js';
import {
  HISTORY_SERIES,
  OrderHistoryCopy,
} from '../../libs/orders/src/model/history/order-history.copy.js';
import { countJob, JobsFixture } from '../support/jobs-fixture.js';
import type { JobsReplica } from '../support/jobs-replica.js';

const GUIDE = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
/** What the guide promises of measured and stated bytes. */
const BAND = { least: 0.75, most: 1.25 };
const LIMIT_MS = 10 * 60_000;
/** Each look is a process of its own: looking all the time would take the processor from what is waited for. */
const WAIT = { withinMs: LIMIT_MS / 4, everyMs: 250 };

/** Bytes by the table of the guide: `1,250 + 320 × orders`. */
function stated(kind: string, count = 0): number {
  const row = new RegExp(`^\\| ${kind} +\\| ([\\d,]+)(?: \\+ ([\\d,]+) × \\w+)? +\\|`, 'm');
  const [, fixed, each = '0'] = row.exec(GUIDE) ?? [];
  if (fixed === undefined) throw new Error(`docs/operations.md says nothing of ${kind}`);
  const number = (text: string) => Number(text.replaceAll(',', ''));
  return number(fixed) + number(each) * count;
}

function expectWithin(kind: string, measured: number, count = 0): void {
  const ratio = measured / stated(kind, count);
  const isWithin = ratio >= BAND.least && ratio <= BAND.most;
  expect([kind, count, Math.round(measured), isWithin]).toEqual([
    kind,
    count,
    Math.round(measured),
    true,
  ]);
}

/** Asked of each key: what a server uses beside data (buffers, scripts) depends on how quickly a test sends. */
const SUM = `
  local sum = 0
  for _, key in ipairs(redis.call('KEYS', '*')) do
    if string.sub(key, -7) ~= ':events' then
      sum = sum + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', '0')
    end
  end
  return sum
`;

/** The events of queues are left out: their number is bounded. */
const usedBytes = async ({ cli }: RedisFixture) => Number(await cli('EVAL', SUM, '0'));

/** What each of `count` times adds. Once before, so that scripts and connections are there already. */
async function bytesOfEach(
  redis: RedisFixture,
  count: number,
  add: () => Promise<unknown>,
): Promise<number> {
  await add();
  const before = await usedBytes(redis);
  for (let time = 0; time < count; time += 1) await add();
  return ((await usedBytes(redis)) - before) / count;
}

describe('what Redis keeps for storefronts', () => {
  let fleet: SharedFleet;
  let replica: SharedReplica;
  let copy: OrderHistoryCopy;

  beforeAll(async () => {
    fleet = await SharedFleet.start();
    replica = fleet.open();
    const { name } = HISTORY_SERIES;
    const seal = new AnnouncementSeal({ id: newId(), announcementKey: 'a'.repeat(64) }, 'r', name);
    copy = new OrderHistoryCopy(replica.cache.series(HISTORY_SERIES), seal);
    await eventually('Redis answers', async () => (await copy.replace(newId(), [])) === 'stored');
  });

  afterAll(() => fleet.stop());

  it.each([
    [1, 300],
    [20, 100],
    [200, 20],
  ])('is a history of %s orders as large as the guide says', async (orders, customers) => {
    const add = () => copy.replace(newId(), glances(orders));
    expectWithin('order history', await bytesOfEach(fleet.redis, customers, add), orders);
  });

  it('is the lock of a history as large as the guide says, after it was let go of', async () => {
    const lockOnce = async (): Promise<void> => {
      const taken = await copy.lock(newId());
      if (taken.state !== 'held') throw new Error(taken.state);
      await taken.lock.release();
    };
    expectWithin('lock', await bytesOfEach(fleet.redis, 300, lockOnce));
  });

  it('is what a client has asked for as large as the guide says', async () => {
    // Half of the quota with one request: it has leaked out after half a minute.
    const config = loadConfig({ REDIS_URL: fleet.redis.url, LIMIT_READS: '2' }, 'commerce').limits;
    const meters = new ClientMeters({ clock: systemClock, maxClients: 10_000 });
    const limits = new RequestLimits({
      config,
      limitOf: () => 'reads',
      meters,
      onAdmitted: () => undefined,
      onRefused: () => undefined,
    });
    const levels = new FleetLevels(replica.connections.open('commands'), fleet.names);
    let clients = 0;
    const add = () => {
      clients += 1;
      const address = `10.0.${clients >> 8}.${clients & 255}`;
      limits.take('reads', { address, credential: undefined });
      return levels.add(meters.tell(1));
    };
    expectWithin('limit', await bytesOfEach(fleet.redis, 500, add));
  });
});

describeOnEachDatabase(
  'what Redis keeps of jobs',
  (open) => {
    const JOBS = 300;
    /** Replicas of tests compare jobs with Redis each second: on a slow machine little else. */
    const AS_IN_PRODUCTION = new JobsTiming();
    let fixture: JobsFixture;
    let queue: string;

    beforeAll(async () => {
      fixture = await JobsFixture.create(open);
    }, LIMIT_MS);
    afterAll(() => fixture.remove(), LIMIT_MS);

    const reached = async (replica: JobsReplica, state: string, jobs: number) => {
      const count = sql`SELECT COUNT(*) AS v FROM job WHERE name = ${countJob.name} AND state = ${state}`;
      await eventually(
        `${jobs} jobs are ${state}`,
        async () => {
          expect((await replica.reader.query<{ v: number }>(count))[0]?.v).toBe(jobs);
          return true;
        },
        WAIT,
      );
    };
    /**
     * SQL knows it first. On a slow machine Redis may know of fewer: what ends while it is compared with Redis is removed there,
     * and is not handed over again when an answer of Redis was late.
     */
    const over = async (replica: JobsReplica, jobs: number): Promise<number> => {
      await reached(replica, 'completed', jobs);
      const { cli } = fixture.redis;
      await eventually(
        'Redis has nothing left to do',
        async () => {
          const left = ['wait', 'active'].map((list) => cli('LLEN', `${queue}:${list}`));
          expect([...(await Promise.all(left)), await cli('ZCARD', `${queue}:delayed`)]).toEqual(
            Array(3).fill('0'),
          );
          return true;
        },
        WAIT,
      );
      return Number(await cli('ZCARD', `${queue}:completed`));
    };
    const add = (replica: JobsReplica, jobs: number) =>
      replica.unitOfWork.run(async (tx) => {
        for (let job = 0; job < jobs; job += 1) await tx.enqueue(countJob, { counter: 'c' });
      });
    const events = async () => {
      const { cli } = fixture.redis;
      const key = `${queue}:events`;
      return {
        length: Number(await cli('XLEN', key)),
        bytes: Number(await cli('MEMORY', 'USAGE', key, 'SAMPLES', '0')),
      };
    };
    const used = () => usedBytes(fixture.redis);

    it(
      'is a job as large as the guide says, while it waits and when it is over',
      async () => {
        const commerce = await fixture.start({ role: 'commerce', timing: AS_IN_PRODUCTION });
        await add(commerce, 1);
        await reached(commerce, 'dispatched', 1);
        queue = (await fixture.redis.cli('KEYS', '*:events')).replace(/:events$/, '');
        const before = await used();
        await add(commerce, JOBS);
        await reached(commerce, 'dispatched', 1 + JOBS);
        expectWithin('waiting job', ((await used()) - before) / JOBS);

        await fixture.start({ timing: AS_IN_PRODUCTION });
        const kept = await over(commerce, 1 + JOBS);
        const idle = await used();
        await add(commerce, JOBS);
        const more = (await over(commerce, 1 + 2 * JOBS)) - kept;
        expect(more).toBeGreaterThan(JOBS / 2);
        expectWithin('finished job', ((await used()) - idle) / more);
        const { length, bytes } = await events();
        expectWithin('event of a queue', bytes / length);
      },
      LIMIT_MS,
    );
  },
  { sqliteOnly: 'it is about Redis' },
);

function glances(length: number): OrderGlance[] {
  return Array.from({ length }, (_unused, index) => ({
    id: newId(),
    storeCode: 'main',
    number: `N-${100_000 + index}`,
    state: 'open',
    paymentState: 'pending',
    currency: 'EUR',
    totalMinor: 12_990,
    version: 3,
    placedAt: Date.now() - index,
  }));
}
