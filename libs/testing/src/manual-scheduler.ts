import type { ManualClock } from './manual-clock.js';

interface Timer {
  readonly dueMs: number;
  readonly task: () => void;
}

/** Timers that fire only when the test advances the clock they belong to. */
export class ManualScheduler {
  private timers: Timer[] = [];

  constructor(private readonly clock: ManualClock) {}

  after(ms: number, task: () => void): () => void {
    const timer = { dueMs: this.clock.monotonicMs() + ms, task };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  afterTurn(task: () => void): void {
    setImmediate(task);
  }

  /** Moves the clock on, firing what falls due in its order, and lets promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.clock.monotonicMs() + ms;
    for (;;) {
      const next = this.timers
        .filter((timer) => timer.dueMs <= end)
        .sort((one, other) => one.dueMs - other.dueMs)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.clock.advance(Math.max(0, next.dueMs - this.clock.monotonicMs()));
      next.task();
      await settled();
    }
    this.clock.advance(Math.max(0, end - this.clock.monotonicMs()));
    await settled();
  }
}

/** Resolves when everything that needs no I/O and no timer has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
