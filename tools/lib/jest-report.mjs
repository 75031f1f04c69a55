// What a Jest run says about itself (--json), reduced to what the summary of `npm test` needs.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { projectRoot } from './run.mjs';

/**
 * Counts and names of a finished run. `failed` counts tests and suites that could not run at all; `skipped` carries the reason that
 * stands in a name as "(skipped: reason)". `without` names suites that are left out. Answers undefined when Jest wrote no report.
 */
export function readJestReport(file, { without = [] } = {}) {
  const all = suitesOf(file);
  if (all === undefined) return undefined;
  const suites = all.filter(({ name }) => !without.includes(name));
  const tests = suites.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, file: relative(projectRoot, suite.name) })),
  );
  const broken = suites
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

/** The files of the suites that failed and ran, for a part of their time at least, in one of the spans `{ fromMs, toMs }`. */
export function suitesThatFailedIn(file, spans) {
  return (suitesOf(file) ?? [])
    .filter(({ status }) => status === 'failed')
    .filter(({ startTime, endTime }) =>
      spans.some(({ fromMs, toMs }) => startTime <= toMs && endTime >= fromMs),
    )
    .map(({ name }) => name);
}

function suitesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : undefined;
}

function isFailed(test) {
  return test.status === 'failed';
}

function reasonOf(test) {
  if (test.status === 'todo') return 'not written yet';
  const inName = /\(skipped: (?<reason>(?:[^()]|\([^()]*\))+)\)/.exec(test.fullName);
  return inName?.groups.reason ?? 'no reason given';
}
