import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#libs/testing';
import { DatabaseClock } from './database-clock.js';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;

describe('DatabaseClock', () => {
  let local: ManualClock;
  let serverAheadMs: number;
  let jumps: number[];
  let failures: unknown[];
  let isAway: boolean;
  let answerMs: number;
  let clock: DatabaseClock;

  beforeEach(() => {
    local = new ManualClock();
    serverAheadMs = 5_000;
    jumps = [];
    failures = [];
    isAway = false;
    answerMs = 0;
    const started = local.monotonicMs();
    clock = new DatabaseClock({
      local,
      reader: {
        query: async <Row extends object>() => {
          if (isAway) throw new Error('away');
          local.advance(answerMs);
          const now_ms = 1_000_000 + serverAheadMs + local.monotonicMs() - started;
          return [{ now_ms }] as object[] as Row[];
        },
      },
      onFailure: (error) => failures.push(error),
      onJump: (differenceMs) => jumps.push(differenceMs),
    });
  });

  it('shows the time of the database, carried on between two readings', async () => {
    await clock.read();
    expect(clock.wallMs()).toBe(1_005_000);
    local.advance(250);
    expect(clock.wallMs()).toBe(1_005_250);
  });

  it('takes no notice of a reading that took too long to say when it was made', async () => {
    await clock.read();
    answerMs = 10_000;
    await clock.read();
    expect(clock.wallMs()).toBe(1_015_000);
  });

  it('follows an ordinary correction at the next reading', async () => {
    await clock.read();
    serverAheadMs -= 2_000;
    await clock.read();
    expect(clock.wallMs()).toBe(1_003_000);
    expect(jumps).toEqual([]);
  });

  it('stays where it is while the database is a year ahead for some minutes', async () => {
    await clock.read();
    serverAheadMs += YEAR_MS;
    for (let minute = 0; minute < 4; minute += 1) {
      await clock.read();
      local.advance(MINUTE_MS);
    }
    serverAheadMs -= YEAR_MS;
    await clock.read();
    expect(clock.wallMs()).toBe(1_005_000 + 4 * MINUTE_MS);
    expect(jumps).toEqual([YEAR_MS]);
  });

  it('believes a jump that lasts', async () => {
    await clock.read();
    serverAheadMs += YEAR_MS;
    for (let minute = 0; minute <= 5; minute += 1) {
      await clock.read();
      local.advance(MINUTE_MS);
    }
    expect(clock.wallMs()).toBe(1_005_000 + 6 * MINUTE_MS + YEAR_MS);
  });

  it('stands in with the local time until the database answers, and goes on while it is away', async () => {
    isAway = true;
    await clock.read();
    expect(clock.wallMs()).toBe(local.wallMs());
    isAway = false;
    await clock.read();
    isAway = true;
    await clock.read();
    local.jumpWall(YEAR_MS);
    expect(clock.wallMs()).toBe(1_005_000);
    expect(failures).toHaveLength(2);
  });

  it('takes no notice of a second jump within the first', async () => {
    await clock.read();
    for (const ahead of [YEAR_MS, 2 * YEAR_MS, YEAR_MS]) {
      serverAheadMs = ahead;
      await clock.read();
      local.advance(4 * MINUTE_MS);
    }
    expect(clock.wallMs()).toBe(1_005_000 + 12 * MINUTE_MS);
    expect(jumps).toHaveLength(3);
  });
});
