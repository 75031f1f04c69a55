/** The timers the cache uses; the simulator replaces them together with the clock. */
export interface Scheduler {
  /** Runs `task` once after `ms`; returns the function that cancels it. */
  after(ms: number, task: () => void): () => void;
  /** Runs `task` when the event-loop callback under way is done, before the next one begins. */
  afterTurn(task: () => void): void;
}

export const systemScheduler: Scheduler = {
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  afterTurn(task) {
    // Unlike an immediate, before the next callback of the same phase: several timers, requests or
    // answers may be worked off in one round of the loop, and the time goes on between them.
    process.nextTick(task);
  },
};
