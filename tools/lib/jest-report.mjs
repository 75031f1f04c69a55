// What a Jest run says about itself (--json), reduced to what the summary of `npm test` needs.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { projectRoot } from './run.mjs';

/**
 * Counts and names of a finished run. `failed` counts tests and suites that could not run at all; `skipped` carries the reason that
 * stands in a name as "(skipped: reason)". Answers undefined when Jest wrote no report.
 */
export function readJestReport(file) {
  if (!existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = report.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, file: relative(projectRoot, suite.name) })),
  );
  const broken = report.testResults
    .filter((suite) => suite.status === 'failed' && !suite.assertionResults.some(isFailed))
    .map((suite) => ({
      name: `${relative(projectRoot, suite.name)} (the suite did not run)`,
      detail: suite.message,
    }));
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failures: [
      ...broken,
      ...tests.filter(isFailed).map((test) => ({
        name: `${test.file}: ${test.fullName}`,
        detail: test.failureMessages.join('\n'),
      })),
    ],
    skipped: tests
      .filter((test) => ['pending', 'skipped', 'disabled', 'todo'].includes(test.status))
      .map((test) => ({ name: `${test.file}: ${test.fullName}`, reason: reasonOf(test) })),
  };
}

function isFailed(test) {
  return test.status === 'failed';
}

function reasonOf(test) {
  if (test.status === 'todo') return 'not written yet';
  const inName = /\(skipped: (?<reason>(?:[^()]|\([^()]*\))+)\)/.exec(test.fullName);
  return inName?.groups.reason ?? 'no reason given';
}
