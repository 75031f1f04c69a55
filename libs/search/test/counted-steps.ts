import { Session, type Profiler } from 'node:inspector';

/**
 * How much code of `libs/search` each step of the work runs, in executed blocks as V8 counts them: the same on every machine,
 * however busy it is.
 */
export function countedSteps(work: Generator<undefined, unknown>): number[] {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const counts: number[] = [];
  try {
    for (;;) {
      const step = work.next();
      counts.push(blocksSinceLast(session));
      if (step.done === true) return counts;
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
    if (!url.includes('/libs/search/src/')) continue;
    for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
  }
  return blocks;
}
