import type { Scheduler } from './scheduler.js';
import type { TurnClock } from './turn-clock.js';

const SLICES = 4;
/** A timer that fires later than this fired after a stall. */
const STALL_MS = 50;

/**
 * Runs `task` after `ms` in which this process was able to run; returns the function that cancels
 * it. Time in which the event loop was blocked or the machine paused does not count: an answer that
 * came meanwhile is looked at only after the timers, and must not be taken for missing.
 */
export function afterAwake(
  ms: number,
  task: () => void,
  {
    clock,
    scheduler,
  }: {
    readonly clock: Pick<TurnClock, 'exactMs'>;
    readonly scheduler: Pick<Scheduler, 'after'>;
  },
): () => void {
  const sliceMs = ms / SLICES;
  let slicesLeft = SLICES;
  let cancel: () => void = () => undefined;
  const next = (): void => {
    const dueMs = clock.exactMs() + sliceMs;
    cancel = scheduler.after(sliceMs, () => {
      if (clock.exactMs() - dueMs <= STALL_MS) slicesLeft -= 1;
      if (slicesLeft > 0) next();
      else task();
    });
  };
  next();
  return () => cancel();
}
