import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '#libs/testing';
import { systemScheduler } from './scheduler.js';
import { TurnClock } from './turn-clock.js';

describe('TurnClock', () => {
  it('keeps the time of a callback that asks for it again and again', () => {
    const manual = new ManualClock();
    const clock = new TurnClock(manual, systemScheduler);
    clock.nowMs();
    const kept = clock.nowMs();
    manual.advance(20);
    expect(clock.nowMs()).toBe(kept);
    expect(clock.exactMs()).toBe(kept + 20);
  });

  it('reads it anew for uses that are far apart, without waiting for the end of a turn', () => {
    const manual = new ManualClock();
    let turns = 0;
    const scheduler = { ...systemScheduler, afterTurn: () => (turns += 1) };
    const clock = new TurnClock(manual, scheduler);
    for (let use = 0; use < 5; use += 1) {
      const before = clock.nowMs();
      manual.advance(1);
      expect(clock.nowMs()).toBe(before + 1);
      manual.advance(1);
    }
    expect(turns).toBe(0);
  });

  it('reads it anew in the next callback, although both are due in the same round of the loop', async () => {
    const manual = new ManualClock();
    const clock = new TurnClock(manual, systemScheduler);
    const readings: number[] = [];
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        clock.nowMs();
        readings.push(clock.nowMs());
        manual.advance(20);
        readings.push(clock.nowMs());
      }, 1);
      setTimeout(() => {
        readings.push(clock.nowMs());
        resolve();
      }, 1);
      // Both are due when the loop comes to them.
      const until = performance.now() + 5;
      while (performance.now() < until);
    });
    const [first = 0, ...later] = readings;
    expect(later).toEqual([first, first + 20]);
  });

  it('does not trust the end of a chain of microtasks to come', () => {
    const manual = new ManualClock();
    const clock = new TurnClock(manual, { ...systemScheduler, afterTurn: () => undefined });
    clock.nowMs();
    const kept = clock.nowMs();
    manual.advance(20);
    let uses = 0;
    while (clock.nowMs() === kept) uses += 1;
    expect(uses).toBeLessThan(10_000);
  });
});
