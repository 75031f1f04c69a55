const runs = 'libs/jobs/src/worker/runs.int-spec.ts';
const ownershipSpec = 'libs/jobs/src/worker/run-ownership.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'jobs: effects and end of a run are two transactions',
    promise: 'JobContext.complete: finishes the job in the transaction of its last effects',
    file: 'libs/jobs/src/worker/job-run.ts',
    replace: [
      [
        '    await unitOfWork.run(async (tx) => {\n      await runs.assertOwner(tx, this.job);\n      const result = (await work?.(tx)) ?? undefined;',
        '    const result = (await unitOfWork.run(async (tx) => work?.(tx))) ?? undefined;\n    await unitOfWork.run(async (tx) => {\n      await runs.assertOwner(tx, this.job);',
      ],
    ],
    suites: [runs],
  },
  {
    name: 'jobs: a lease is not renewed',
    promise: 'RunMonitor: renews the leases of runs',
    file: 'libs/jobs/src/worker/run-monitor.ts',
    replace: [['      await this.renew();\n', '']],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a job whose workers were lost lives for ever',
    promise: 'JobRunRepository.start: one whose workers were lost in every attempt dies here',
    file: 'libs/jobs/src/worker/job-run.repository.ts',
    replace: [['if (job.attempts >= job.max_attempts) {', 'if (job.attempts < 0) {']],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a job whose lease is alive is started again',
    promise: 'JobRunRepository.start: a job whose lease is alive is not taken',
    file: 'libs/jobs/src/worker/job-run.repository.ts',
    replace: [
      [
        "if (job.state === 'active' && (job.claimed_until ?? 0) > now) {",
        'if (job.attempts < 0) {',
      ],
    ],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a job that was cancelled before starts',
    promise: 'JobRunRepository.start: a cancelled job ends',
    file: 'libs/jobs/src/worker/job-run.repository.ts',
    replace: [['if (job.cancel_requested !== 0) return end', 'if (job.attempts < 0) return end']],
    suites: [runs, ownershipSpec],
  },
];
