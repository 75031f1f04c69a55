import { afterEach, expect, describe, it, jest } from '@jest/globals';
import type { CacheConfig, SearchConfig, SiteConfig } from '#libs/config';
import { DatabaseClock, DatabaseState, type PrimaryReader } from '#libs/database';
import { systemClock } from '#libs/kernel';
import type { RedisConnections } from '#libs/redis';
import type { ReplicaList } from '../replicas/replica-list.js';
import { Doctor } from './doctor.js';

/** What each question to the database and to Redis gets. */
type Ask = () => Promise<never>;

/** A doctor whose process has read the clock of the database once, when that was still there. */
async function doctorOf(ask: Ask): Promise<Doctor> {
  let isAway = false;
  const now = () => Promise.resolve([{ now_ms: systemClock.wallMs() }]);
  const reader = { query: () => (isAway ? ask() : now()) } as unknown as PrimaryReader;
  const clock = new DatabaseClock({
    reader,
    local: systemClock,
    onJump: () => undefined,
    onFailure: () => undefined,
  });
  await clock.read();
  isAway = true;
  return new Doctor(
    { leaseMs: 2_000, maxBytes: 1 } as CacheConfig,
    { indexMaxBytes: 1 } as SearchConfig,
    { maxLagMs: 60_000 } as SiteConfig,
    new DatabaseState(reader, clock),
    { open: () => ({ status: 'ready', info: ask }) } as unknown as RedisConnections,
    { list: ask, unreadable: 0 } as unknown as ReplicaList,
  );
}

describe('the doctor of a process whose database and Redis are away', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  const notOk = async (examining: ReturnType<Doctor['examine']>) =>
    (await examining)
      .filter(({ check }) => !['memory', 'heap', 'open files'].includes(check))
      .map(({ check, status }) => `${check}: ${status}`);

  it('says of each check that it cannot be made, and believes no earlier reading', async () => {
    const doctor = await doctorOf(() => Promise.reject(new Error('away')));
    expect(await notOk(doctor.examine())).toEqual([
      'clock: warning',
      'readers beside writers: failed',
      'schema: failed',
      'redis: failed',
      'replicas: failed',
    ]);
  });

  it('waits no longer than three seconds for what does not answer', async () => {
    const doctor = await doctorOf(() => new Promise<never>(() => undefined));
    jest.useFakeTimers();
    const examining = notOk(doctor.examine());
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await examining).toEqual([
      'clock: failed',
      'readers beside writers: failed',
      'schema: failed',
      'redis: failed',
      'replicas: failed',
    ]);
  });
});
