// Tells on standard output, a line of JSON per suite, what became of it; `judge-together.mjs` reads it.
export const MARK = '@suite ';

export default class MutantReporter {
  onTestResult(test, result) {
    const line = {
      project: test.context.config.displayName.name,
      file: test.path,
      tests: result.testResults.map(({ status, fullName }) => ({ status, fullName })),
      // Without tests the suite was not loaded, and this says why.
      broken: result.testExecError === undefined ? undefined : result.failureMessage,
    };
    process.stdout.write(`${MARK}${JSON.stringify(line)}\n`);
  }
}
