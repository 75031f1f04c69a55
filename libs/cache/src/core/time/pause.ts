import type { Scheduler } from './scheduler.js';

/** Resolves after `ms`, by the timers of the cache. */
export function pause(scheduler: Scheduler, ms: number): Promise<void> {
  return new Promise((resolve) => {
    scheduler.after(ms, resolve);
  });
}
