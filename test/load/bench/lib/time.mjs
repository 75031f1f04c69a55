/** Milliseconds of the machine's monotonic clock: the same in every process, unlike performance.now(). */
export function machineMs() {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

export function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** CPU time of this process in milliseconds, all threads. */
export function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Resolves with the answer of `probe` as soon as it is not undefined; with undefined after the limit. */
export async function waitFor(probe, withinMs, everyMs = 20) {
  const deadline = machineMs() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined || machineMs() > deadline) return answer;
    await delay(everyMs);
  }
}
