import { setImmediate } from 'node:timers/promises';
import { systemScheduler, type Scheduler } from '#libs/cache';

/** Time as an index uses it; a simulation has its own. */
export interface IndexTiming extends Pick<Scheduler, 'after'> {
  /** Monotonic. */
  nowMs(): number;
  /** Resolves when requests have had their turn. */
  breathe(): Promise<void>;
}

export const systemTiming: IndexTiming = {
  after: (ms, task) => systemScheduler.after(ms, task),
  nowMs: () => performance.now(),
  breathe: () => setImmediate(),
};

/** Resolves after `ms`; after none as soon as everything that is heard in this step has been. */
export function pauseOf(timing: IndexTiming, ms: number): Promise<void> {
  if (ms <= 0) return timing.breathe();
  return new Promise((resolve) => {
    timing.after(ms, resolve);
  });
}
