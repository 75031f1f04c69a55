// Runs the suites of a mutant in a copy of the checkout.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runGroup } from '../../../tools/lib/process-group.mjs';
import { verdictOf } from './suite-verdict.mjs';

const LIMIT_PER_SUITE_MS = 300_000;

/**
 * Puts the mutant into the copy and runs its suites; a suite that does not end has noticed it too.
 * @returns {Promise<{ verdict: string, detail: string }>}
 */
export async function judge(copy, mutant) {
  return copy.with(mutant, async () => {
    if (mutant.needsBuild) {
      try {
        await copy.build();
      } catch (error) {
        return { verdict: 'does not run', detail: error.message };
      }
    }
    return runSuites(copy, mutant.suites);
  });
}

/** Runs suites in the copy as it is. */
export async function runSuites(copy, suites) {
  const report = join(copy.root, 'mutant-report.json');
  rmSync(report, { force: true });
  const lines = [];
  const { isTimedOut } = await runGroup(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--runInBand',
      '--json',
      `--outputFile=${report}`,
      '--runTestsByPath',
      ...suites,
    ],
    {
      cwd: copy.root,
      env: process.env,
      limitMs: suites.length * LIMIT_PER_SUITE_MS,
      onLine: (line) => lines.push(line),
    },
  );
  if (isTimedOut) return { verdict: 'killed', detail: 'the suites did not end' };
  const results = readReport(report);
  if (results === undefined)
    return { verdict: 'does not run', detail: lines.slice(-20).join('\n') };
  return verdictOf(
    results.map((suite) => ({
      tests: suite.assertionResults,
      broken: suite.assertionResults.length === 0 ? suite.message : undefined,
    })),
  );
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    // Jest ended before it could write one; its output says why.
    return undefined;
  }
}
