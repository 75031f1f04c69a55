import { describe, expect, it } from '@jest/globals';
import { systemClock } from '#libs/kernel';
import { systemScheduler } from './scheduler.js';
import { TurnClock } from './turn-clock.js';

const BLOCKED_MS = 20;

function block(): void {
  const until = systemClock.monotonicMs() + BLOCKED_MS;
  while (systemClock.monotonicMs() < until);
}

describe('TurnClock', () => {
  it('reads the time once while one callback runs', () => {
    const clock = new TurnClock(systemClock, systemScheduler);
    const before = clock.nowMs();
    block();
    expect(clock.nowMs()).toBe(before);
  });

  it('reads it anew in the next callback, although both are due in the same round of the loop', async () => {
    const clock = new TurnClock(systemClock, systemScheduler);
    const readings: number[] = [];
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        readings.push(clock.nowMs());
        block();
      }, 1);
      setTimeout(() => {
        readings.push(clock.nowMs());
        resolve();
      }, 1);
      block();
    });
    expect((readings[1] ?? 0) - (readings[0] ?? 0)).toBeGreaterThanOrEqual(BLOCKED_MS);
  });
});
