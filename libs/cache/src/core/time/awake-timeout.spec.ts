import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, ManualScheduler } from '#libs/testing';
import { afterAwake } from './awake-timeout.js';
import { TurnClock } from './turn-clock.js';

describe('afterAwake', () => {
  let clock: ManualClock;
  let scheduler: ManualScheduler;
  let firedAtMs: number[];
  let cancel: () => void;

  beforeEach(() => {
    clock = new ManualClock({ monotonicMs: 0 });
    scheduler = new ManualScheduler(clock);
    firedAtMs = [];
    const surroundings = { clock: new TurnClock(clock, scheduler), scheduler };
    cancel = afterAwake(1_000, () => firedAtMs.push(clock.monotonicMs()), surroundings);
  });

  it('fires once, after the time', async () => {
    await scheduler.advance(999);
    expect(firedAtMs).toEqual([]);
    await scheduler.advance(5_000);
    expect(firedAtMs).toEqual([1_000]);
  });

  it('does not count the time in which the process was stalled', async () => {
    await scheduler.advance(900);
    clock.advance(3_000);
    await scheduler.advance(0);
    expect(firedAtMs).toEqual([]);
    await scheduler.advance(249);
    expect(firedAtMs).toEqual([]);
    await scheduler.advance(1);
    expect(firedAtMs).toHaveLength(1);
  });

  it('can be cancelled at any time', async () => {
    await scheduler.advance(700);
    cancel();
    await scheduler.advance(5_000);
    expect(firedAtMs).toEqual([]);
  });
});
