export interface EventuallyOptions {
  /** Far above what a busy machine needs: it bounds a failure, it doesn't measure. Default 90,000 ms. */
  readonly withinMs?: number;
  /** Default 20 ms. */
  readonly everyMs?: number;
}

/**
 * Repeats `probe` until it neither throws nor answers false, undefined or null, and resolves with its answer.
 * An `expect` inside the probe works. Rejects with `what` and the last failure when the limit has passed; a probe that never settles
 * counts against the limit too.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  { withinMs = 90_000, everyMs = 20 }: EventuallyOptions = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + withinMs;
  let last: unknown = 'the probe never settled';
  for (;;) {
    try {
      const answer = await beforeDeadline(probe, deadline);
      if (isPresent(answer)) return answer;
      last = `the probe answered ${String(answer)}`;
    } catch (error) {
      last = error === PROBE_TIMED_OUT ? last : error;
    }
    if (performance.now() + everyMs > deadline) {
      const reason = last instanceof Error ? last.message : String(last);
      throw new Error(`not within ${withinMs} ms: ${what} (last: ${reason})`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

const PROBE_TIMED_OUT = new Error('probe timed out');

async function beforeDeadline<T>(probe: () => T | Promise<T>, deadline: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(PROBE_TIMED_OUT), Math.max(0, deadline - performance.now()));
  });
  try {
    return await Promise.race([probe(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function isPresent<T>(answer: T): answer is NonNullable<Exclude<T, false>> {
  return answer !== false && answer !== undefined && answer !== null;
}
