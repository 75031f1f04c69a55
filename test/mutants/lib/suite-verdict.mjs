// What the suites of a mutant say about it.

/**
 * `killed`: a test failed. `SURVIVED`: all passed. `does not run`: a suite could not be loaded, which proves nothing.
 * @param {readonly { tests: readonly { status: string, fullName: string }[], broken?: string }[]} suites
 * @returns {{ verdict: string, detail: string }}
 */
export function verdictOf(suites) {
  const tests = suites.flatMap((suite) => suite.tests);
  const failed = tests.find((test) => test.status === 'failed');
  if (failed !== undefined) return { verdict: 'killed', detail: failed.fullName };
  const broken = suites.find((suite) => suite.broken !== undefined);
  if (broken !== undefined) return { verdict: 'does not run', detail: broken.broken };
  if (!tests.some((test) => test.status === 'passed')) {
    return { verdict: 'does not run', detail: 'every test was skipped' };
  }
  return { verdict: 'SURVIVED', detail: 'every test passed' };
}
