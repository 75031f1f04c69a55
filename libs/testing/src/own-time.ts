const TICK_MS = 10;

/**
 * What `work` answers, and for how long it waited: the ticks of a timer, in ms. However long the machine does not run this process, and
 * however long this process computes without a pause, it is one tick: on a slow machine the time is shorter than that of a clock, never longer.
 * So a test that says "this did not wait for that" does not depend on the speed of the machine.
 */
export async function inOwnTime<T>(
  work: () => Promise<T>,
): Promise<readonly [answer: T, waitedMs: number]> {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), TICK_MS);
  try {
    const answer = await work();
    return [answer, ticks * TICK_MS];
  } finally {
    clearInterval(timer);
  }
}
