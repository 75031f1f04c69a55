const runsSpec = 'libs/jobs/src/worker/runs.int-spec.ts';
const ownershipSpec = 'libs/jobs/src/worker/run-ownership.int-spec.ts';
const jobsSpec = 'libs/jobs/src/jobs.int-spec.ts';
const handlerRegistrySpec = 'libs/jobs/src/worker/handler-registry.spec.ts';
const jobRunRepositoryFile = 'libs/jobs/src/worker/job-run.repository.ts';
const handlerRegistryFile = 'libs/jobs/src/worker/handler-registry.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'jobs: a run that lost its job changes it',
    promise: 'JobRunRepository: every change demands that the run still owns its job',
    file: jobRunRepositoryFile,
    replace: [
      [
        "run_token = ${run.run_token} AND state = 'active'`);\n    return held",
        "run_token > 0 AND state = 'active'`);\n    return held",
      ],
    ],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a cancelled run has effects',
    promise: 'JobContext.step: throws jobs.cancelled with nothing changed',
    file: jobRunRepositoryFile,
    replace: [['    if (rows[0]?.cancel_requested !== 0) throw jobsErrors.cancelled();\n', '']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a step is done again',
    promise: 'JobContext.step: answers false, without running work, when an earlier run did it',
    file: jobRunRepositoryFile,
    replace: [
      ['    if (done.length > 0) return false;\n', '    if (done.length > 0) return true;\n'],
    ],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a step and its note are two transactions',
    promise: 'JobContext.step: work and the note that the step is done commit together',
    file: 'libs/jobs/src/worker/job-run.ts',
    replace: [
      [
        '      if (!(await runs.tryNoteStep(tx, this.id, name, clock.wallMs()))) return false;\n      await work(tx);\n      return true;\n    });',
        '      return runs.tryNoteStep(tx, this.id, name, clock.wallMs());\n    }).then(async (isNew) => {\n      if (isNew) await unitOfWork.run(work);\n      return isNew;\n    });',
      ],
    ],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a run that was interrupted uses up an attempt',
    promise: 'tryReschedule: without a failure the attempt does not count',
    file: jobRunRepositoryFile,
    replace: [['failure === undefined ? run.attempts - 1 : run.attempts', 'run.attempts']],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a hopeless job is tried again',
    promise: 'RunEnding: a user error is not tried again',
    file: 'libs/jobs/src/worker/run-ending.ts',
    replace: [['if (isHopeless || job.attempts', 'if (job.attempts']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a job is tried for ever',
    promise: 'JobRetryPolicy.attempts: runs in total before the job is dead',
    file: 'libs/jobs/src/worker/run-ending.ts',
    replace: [['if (isHopeless || job.attempts >= job.max_attempts) {', 'if (isHopeless) {']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a run has no time limit',
    promise: 'JobContract.timeoutMs: longest time one run may take',
    file: 'libs/jobs/src/worker/job-runner.ts',
    replace: [['run.abort(jobsErrors.timedOut())', 'undefined']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a handler that ignores its signal is waited for',
    promise: 'JobRunner: a handler that ignores its signal is left behind',
    file: 'libs/jobs/src/worker/job-runner.ts',
    replace: [['await Promise.race([work, abandoned]);', 'await work;']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a run is not told that it was cancelled',
    promise: 'RunMonitor: aborts those that were cancelled',
    file: 'libs/jobs/src/worker/run-monitor.ts',
    replace: [['        run.abort(jobsErrors.cancelled());\n', '']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: progress is not stored',
    promise: 'JobContext.progress: the last value is always stored',
    file: 'libs/jobs/src/worker/run-factory.ts',
    replace: [['if (stored === 0) return;', 'if (stored !== 0) return;']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: the last progress is lost',
    promise: 'JobContext.progress: the last value is always stored',
    file: 'libs/jobs/src/worker/job-run.ts',
    replace: [['const progress = reporter.unsent;', 'const progress = undefined;']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a stopping replica keeps its runs',
    promise: 'WorkerPool: interrupted and given back',
    file: 'libs/jobs/src/worker/worker-pool.ts',
    replace: [['    this.runner.interrupt();\n', '']],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a stuck worker stays',
    promise: 'WorkerWatchdog: one that takes nothing although jobs wait is replaced',
    file: 'libs/jobs/src/worker/worker-watchdog.ts',
    replace: [['      if (await this.isStuck(worker)) this.replace(worker);\n', '']],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: nobody tells which queues are served',
    promise: 'WorkerWatchdog: tells the fleet which queues are served',
    file: 'libs/jobs/src/worker/worker-watchdog.ts',
    replace: [['    this.every(announceMs, () => this.announce());\n', '']],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: a contract without a handler boots',
    promise: 'HandlerRegistry: exactly one handler for each contract',
    file: handlerRegistryFile,
    replace: [['    if (own.length === 0) problems.push(`no handler for ${queue}`);\n', '']],
    suites: [handlerRegistrySpec],
    isQuick: true,
  },
  {
    name: 'jobs: a contract with two handlers boots',
    promise: 'HandlerRegistry: exactly one handler for each contract',
    file: handlerRegistryFile,
    replace: [['if (own.length > 1) {', 'if (own.length > 9) {']],
    suites: [handlerRegistrySpec],
  },
  {
    name: 'jobs: a handler of no contract boots',
    promise: 'HandlerRegistry: throws jobs.wiring with everything that does not match',
    file: handlerRegistryFile,
    replace: [['if (!contracts.includes(contract)) {', 'if (contract === null) {']],
    suites: [handlerRegistrySpec],
  },
];
