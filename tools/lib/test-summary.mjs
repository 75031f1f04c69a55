// What `npm test` prints at its end: the last lines are all that is left of a run elsewhere.

const TOLD = { first: 10, last: 10 };

/** What was skipped and why, what failed and how, and the one line that counts, of the result of each step. */
export function testSummary(resultOfStep, logFiles) {
  const results = [...resultOfStep.values()];
  const skipped = results.flatMap((result) => result.skipped);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, { failures }) => sum + failures.length, 0);
  const failures = [...resultOfStep].flatMap(([step, result]) =>
    result.failures.flatMap(({ name, detail }) => [
      `  x ${name}`,
      ...toldLines(detail, step, TOLD).map((line) => `      ${line}`),
    ]),
  );
  const reasons = [...new Set(skipped.map(({ reason }) => reason))];
  const lines = [
    ...reasons.flatMap((reason) => [
      `skipped, ${reason}:`,
      ...skipped.filter((test) => test.reason === reason).map(({ name }) => `  - ${name}`),
    ]),
    ...(failed === 0 ? [] : ['failed:', ...failures, `the logs are in ${logFiles}`]),
    `${passed} passed, ${failed} failed, ${skipped.length} skipped`,
  ];
  return { lines, hasFailed: failed > 0 };
}

/** The `last` lines of a program's output; the `first` of a test's message, which say what was expected. */
export function toldLines(detail, { projects }, { first, last }) {
  const lines = detail.split('\n').filter((line) => line.trim() !== '');
  return projects === undefined ? lines.slice(-last) : lines.slice(0, first);
}
