import { Session, type Profiler } from 'node:inspector';

/** What the engine calls the code of a thread that was given as a text. */
const GIVEN_CODE = '[worker eval]';

/**
 * How much of the code that this thread was started with the longest step of the work runs, in executed blocks as V8 counts them: the same
 * on every machine, however busy it is.
 */
export function longestStep(work: Generator<undefined, unknown>): number {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  let longest = 0;
  try {
    for (;;) {
      const step = work.next();
      longest = Math.max(longest, blocksSinceLast(session));
      if (step.done === true) return longest;
    }
  } finally {
    session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

/** The counters begin anew with each call. */
function blocksSinceLast(session: Session): number {
  let scripts: readonly Profiler.ScriptCoverage[] = [];
  // In this process it is answered before the call returns.
  session.post('Profiler.takePreciseCoverage', (error, { result }) => {
    if (error !== null) throw error;
    scripts = result;
  });
  let blocks = 0;
  for (const { url, functions } of scripts) {
    if (url !== GIVEN_CODE) continue;
    for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
  }
  return blocks;
}
