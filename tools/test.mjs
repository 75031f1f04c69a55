// `npm test`: every check and test of the project, from a bare checkout. `npm test -- unit lint` runs only these steps.
import { mkdirSync, readFileSync, rmSync, createWriteStream } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { jestOutputFilter } from './lib/jest-output.mjs';
import { readJestReport, suitesThatFailedIn } from './lib/jest-report.mjs';
import { endLongSteps, lastLines } from './lib/long-step.mjs';
import { prepare } from './lib/prepare.mjs';
import { endGroups, runGroup } from './lib/process-group.mjs';
import { REDIS_SERVER_VARIABLE } from './lib/redis-binary.mjs';
import { Instruction, projectRoot, stateFolder } from './lib/run.mjs';
import { Standstills } from './lib/standstills.mjs';
import { chooseSteps } from './lib/test-steps.mjs';
import { testSummary, toldLines } from './lib/test-summary.mjs';

const logs = join(stateFolder, 'logs');
const PROGRESS_EVERY_MS = 10_000;
/**
 * A step that prints nothing for so long hangs, on however slow a machine: Jest prints each suite, and what prints only at its
 * end takes a minute or two. How long a step takes in all says nothing.
 */
const SILENT_LIMIT_MS = 20 * 60_000;
const standstills = new Standstills();
const print = (line) => process.stdout.write(`${line}\n`);

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  // npm and the terminal may both tell of one Ctrl-C: the second must not end this before the groups.
  process.on(signal, () => {
    endLongSteps();
    void endGroups().finally(() => process.exit(code));
  });
}

try {
  const steps = chooseSteps(process.argv.slice(2));
  const needsRedis = steps.some((step) => step.needsRedis === true);
  const { redisBinary } = await prepare({ needsRedis, needsBuild: false });
  if (redisBinary !== undefined) process.env[REDIS_SERVER_VARIABLE] = redisBinary.server;
  mkdirSync(logs, { recursive: true });
  const results = new Map();
  const run = async (step) => {
    const title = `[${steps.indexOf(step) + 1}/${steps.length}] ${step.name}`;
    results.set(step, await runStep(step, title));
  };
  // Checks that only read the sources, and each use about one processor: two at a time.
  const readers = steps.filter((step) => step.onlyReads);
  const lane = async () => {
    for (let step = readers.shift(); step !== undefined; step = readers.shift()) await run(step);
  };
  await Promise.all([lane(), lane()]);
  for (const step of steps) if (!step.onlyReads) await run(step);
  const { lines, hasFailed } = testSummary(results, `${relative(projectRoot, logs)}/test-*.log`);
  for (const line of ['', ...lines]) print(line);
  process.exitCode = hasFailed ? 1 : 0;
} catch (error) {
  endLongSteps();
  // The other of two steps may still run.
  await endGroups();
  const isForPeople = error instanceof Instruction || error instanceof RangeError;
  process.stderr.write(`\n${isForPeople ? error.message : error.stack}\n`);
  process.exit(1);
}

/** Runs one step; answers `{ passed, failures, skipped }` and has printed a line that says how it went. */
async function runStep(step, title) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  let progress = () => '';
  const timer = setInterval(() => {
    // The build shows its own progress.
    if (!step.build) print(`${title} ... ${seconds()} s${progress()}`);
  }, PROGRESS_EVERY_MS);
  const setProgress = (next) => (progress = next);
  try {
    const run = step.build ? buildStep : step.projects === undefined ? scriptStep : jestStep;
    const result = await run(step, setProgress);
    const counts = step.projects === undefined ? '' : ` (${result.passed} passed)`;
    const verdict = result.failures.length === 0 ? `ok${counts}` : 'FAILED';
    print(`${title} ${verdict}, ${seconds()} s`);
    for (const failure of result.failures) printFailure(failure, step);
    return result;
  } finally {
    clearInterval(timer);
  }
}

function printFailure({ name, detail }, step) {
  print(`  x ${name}`);
  for (const line of toldLines(detail, step, { first: 25, last: 60 })) print(`      ${line}`);
  if (step.fix !== undefined) print(`    to mend it: ${step.fix}`);
}

async function buildStep() {
  try {
    await ensureBuilt();
    return { passed: 1, failures: [], skipped: [] };
  } catch (error) {
    return { passed: 0, failures: [{ name: 'build', detail: error.message }], skipped: [] };
  }
}

/** A script of package.json, run as npm would, without the second npm process. */
async function scriptStep(step) {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const script = scripts[step.script];
  if (script === undefined) {
    return failed(step, `package.json has no script "${step.script}"`);
  }
  const bin = join(projectRoot, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const { code, isTimedOut, output } = await runLogged(step, script, [], { env, shell: true });
  if (code === 0) return { passed: 1, failures: [], skipped: [] };
  return failed(step, isTimedOut ? `${output}\n${wasSilent()}` : output);
}

/** Runs the suites of a project; those that failed while the machine stood still once more. */
async function jestStep(step, setProgress) {
  const beganMs = Date.now();
  const report = join(logs, `test-${step.name}.json`);
  const result = await runSuites({ step, report, logName: step.name, setProgress });
  const stood = standstills.since(beganMs);
  const again = suitesThatFailedIn(report, stood);
  if (again.length === 0) return result;
  const seconds = stood.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / 1000, 0);
  print(
    `    the machine stood still for ${Math.round(seconds)} s; what failed meanwhile runs again:`,
  );
  for (const suite of again) print(`      ${relative(projectRoot, suite)}`);
  const rest = readJestReport(report, { without: again });
  const logName = `${step.name}-again`;
  const second = await runSuites({
    step,
    logName,
    setProgress,
    report: join(logs, `test-${logName}.json`),
    only: ['--runTestsByPath', ...again],
  });
  return {
    passed: rest.passed + second.passed,
    failures: [...rest.failures, ...second.failures],
    skipped: [...rest.skipped, ...second.skipped],
  };
}

async function runSuites({ step, report, logName, setProgress, only = [] }) {
  rmSync(report, { force: true });
  const filter = jestOutputFilter(print);
  setProgress(filter.progress);
  const args = [
    join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--selectProjects',
    ...step.projects,
    '--json',
    `--outputFile=${report}`,
    ...(step.inBand ? ['--runInBand'] : []),
    ...(step.workers === undefined ? [] : [`--maxWorkers=${step.workers}`]),
    ...only,
  ];
  const options = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const env = {
    ...process.env,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${options}`.trim(),
  };
  const { code, isTimedOut, output, logFile } = await runLogged(step, process.execPath, args, {
    env,
    logName,
    onLine: (line) => filter.line(line),
  });
  const result = readJestReport(report);
  if (result === undefined) return failed(step, isTimedOut ? wasSilent() : output);
  const { passed, failures, skipped } = result;
  if (failures.length === 0 && code !== 0) {
    const why = isTimedOut ? wasSilent() : `Jest ended with ${code}; its log: ${logFile}`;
    return { passed, failures: [{ name: step.name, detail: why }], skipped };
  }
  return { passed, failures, skipped };
}

async function runLogged(step, program, args, { onLine, logName = step.name, ...options }) {
  const logFile = join(logs, `test-${logName}.log`);
  const log = createWriteStream(logFile);
  let output = '';
  const result = await runGroup(program, args, {
    cwd: projectRoot,
    limitMs: SILENT_LIMIT_MS,
    isLimitOfSilence: true,
    ...options,
    onLine: (line) => {
      log.write(`${line}\n`);
      output = `${output}${line}\n`.slice(-100_000);
      onLine?.(line);
    },
  });
  log.end();
  return { ...result, output: lastLines(output, 60), logFile: relative(projectRoot, logFile) };
}

function failed(step, detail) {
  return { passed: 0, failures: [{ name: step.name, detail }], skipped: [] };
}

function wasSilent() {
  return `printed nothing for ${SILENT_LIMIT_MS / 60_000} minutes: ended by force`;
}
