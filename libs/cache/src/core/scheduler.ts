/** The timers the cache uses; the simulator replaces them together with the clock. */
export interface Scheduler {
  /** Runs `task` once after `ms`; returns the function that cancels it. */
  after(ms: number, task: () => void): () => void;
  /** Runs `task` when the current event-loop turn is over. */
  afterTurn(task: () => void): void;
}

export const systemScheduler: Scheduler = {
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  afterTurn(task) {
    setImmediate(task);
  },
};
