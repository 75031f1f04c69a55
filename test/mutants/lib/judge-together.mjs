// Judges many mutants in one Jest: a project for each, whose transform changes the one file. Nothing is copied, nothing is started anew.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import jestConfig from '../../../jest.config.mjs';
import { runGroup } from '../../../tools/lib/process-group.mjs';
import { projectRoot, stateFolder } from '../../../tools/lib/run.mjs';
import { MARK } from '../jest/mutant-reporter.mjs';
import { verdictOf } from './suite-verdict.mjs';

const jestFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'jest');
const LIMIT_PER_MUTANT_MS = 120_000;
const UNCHANGED = 'unchanged';

/** Whether the mutant can live in a transform: other files than TypeScript are read by programs that know nothing of it. */
export const canJudgeTogether = (mutant) => mutant.file.endsWith('.ts') && !mutant.needsBuild;

/**
 * Runs the suites of all of them, and each suite once unchanged. `onVerdict` hears of each mutant as soon as it is known; one of which
 * nothing is heard did not end. Answers how the unchanged suites went, and which of them failed: what those have killed proves nothing.
 */
export async function judgeTogether(mutants, { workers, onVerdict }) {
  const suites = [...new Set(mutants.flatMap((mutant) => mutant.suites))];
  const waiting = new Map(mutants.map((mutant) => [mutant.name, { mutant, done: [] }]));
  const unchanged = [];
  const lines = [];
  const hear = (line) => {
    if (!line.startsWith(MARK)) return void lines.push(line);
    const { project, ...suite } = JSON.parse(line.slice(MARK.length));
    if (project === UNCHANGED) return void unchanged.push(suite);
    const { mutant, done } = waiting.get(project);
    done.push(suite);
    if (done.length === mutant.suites.length) onVerdict(mutant, verdictOf(done));
  };
  const config = writeConfig([
    projectOf({ name: UNCHANGED, suites }),
    ...mutants.map((mutant) => projectOf(mutant)),
  ]);
  try {
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const jest = 'node_modules/jest/bin/jest.js';
    await runGroup(
      process.execPath,
      [...flags, jest, '--config', config, '--maxWorkers', String(workers)],
      {
        cwd: projectRoot,
        env: process.env,
        limitMs: (mutants.length + suites.length) * LIMIT_PER_MUTANT_MS,
        onLine: hear,
      },
    );
  } finally {
    rmSync(config, { force: true });
  }
  const failing = new Set(
    unchanged
      .filter((suite) => verdictOf([suite]).verdict !== 'SURVIVED')
      .map(({ file }) => relative(projectRoot, file)),
  );
  if (unchanged.length === suites.length) return { ...verdictOf(unchanged), failing };
  return { verdict: 'does not run', detail: lines.slice(-20).join('\n'), failing };
}

/** The Jest project of a mutant, made from the first of the suite's own: they differ in nothing but their names and files. */
function projectOf({ name, suites, file, replace, instrumented, globals = {} }) {
  const { testMatch: _, transform, ...shared } = jestConfig.projects[0];
  const [[typeScript, [, swc]], ...others] = Object.entries(transform);
  const mutant =
    file === undefined ? undefined : { path: join(projectRoot, file), replace, instrumented };
  return {
    ...shared,
    // One name for the caches of all of them.
    id: 'mutants',
    rootDir: projectRoot,
    displayName: name,
    // Jest looks through these for each project, and a project needs no more than its suites.
    roots: [...new Set(suites.map((suite) => `<rootDir>/${dirname(suite)}`))],
    globals,
    testEnvironment: join(jestFolder, 'fail-fast-environment.mjs'),
    testMatch: suites.map((suite) => `<rootDir>/${suite}`),
    transform: {
      [typeScript]: [join(jestFolder, 'mutant-transform.mjs'), { swc, mutant }],
      ...Object.fromEntries(others),
    },
  };
}

function writeConfig(projects) {
  const folder = join(stateFolder, 'mutants');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `jest-${process.pid}.json`);
  const { testTimeout, workerIdleMemoryLimit } = jestConfig;
  const reporters = [join(jestFolder, 'mutant-reporter.mjs')];
  writeFileSync(path, JSON.stringify({ testTimeout, workerIdleMemoryLimit, reporters, projects }));
  return path;
}
