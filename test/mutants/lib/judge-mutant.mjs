// Runs the suites of a mutant and says what became of it.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runGroup } from '../../../tools/lib/process-group.mjs';

const LIMIT_MS = 300_000;

/**
 * `killed`: a test failed, or did not end. `SURVIVED`: all passed. `does not run`: a suite could not be loaded, which proves nothing.
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
      limitMs: LIMIT_MS,
      onLine: (line) => lines.push(line),
    },
  );
  if (isTimedOut) return { verdict: 'killed', detail: 'the suites did not end' };
  const results = readReport(report);
  if (results === undefined)
    return { verdict: 'does not run', detail: lines.slice(-20).join('\n') };
  const tests = results.flatMap((suite) => suite.assertionResults);
  const failed = tests.filter((test) => test.status === 'failed');
  if (failed.length > 0) return { verdict: 'killed', detail: failed[0].fullName };
  const broken = results.find((suite) => suite.status === 'failed');
  if (broken !== undefined) return { verdict: 'does not run', detail: broken.message };
  if (!tests.some((test) => test.status === 'passed')) {
    return { verdict: 'does not run', detail: 'every test was skipped' };
  }
  return { verdict: 'SURVIVED', detail: suites.join(', ') };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    // Jest ended before it could write one; its output says why.
    return undefined;
  }
}
