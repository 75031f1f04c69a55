const runs = 'libs/jobs/src/worker/runs.int-spec.ts';
const ownershipSpec = 'libs/jobs/src/worker/run-ownership.int-spec.ts';
const deliveries = 'libs/jobs/src/worker/deliveries.int-spec.ts';
const wiring = 'libs/jobs/src/wiring.int-spec.ts';
const registrySpec = 'libs/jobs/src/worker/handler-registry.spec.ts';
const queues = 'libs/jobs/src/outbox/job-queues.ts';

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
  {
    name: 'jobs: a job that has ended is cancelled',
    promise: 'JobAdministration.cancel: throws jobs.not-cancellable',
    file: 'libs/jobs/src/administration/job-administration.ts',
    replace: [
      [
        '      if (FINAL.has(job.state)) throw jobsErrors.notCancellable({ details: { state: job.state } });\n',
        '',
      ],
    ],
    suites: ['apps/authoring/src/jobs/jobs-api.int-spec.ts'],
  },
  {
    name: 'jobs: a schedule that there is not is run now',
    promise: 'JobScheduler.runNow: throws jobs.schedule-not-found',
    file: 'libs/jobs/src/schedule/job-scheduler.ts',
    replace: [
      [
        'if (schedule === undefined) throw jobsErrors.scheduleNotFound({ details: { name } });',
        "if (schedule === undefined) return '';",
      ],
    ],
    suites: ['libs/jobs/src/schedule/job-scheduler.int-spec.ts'],
  },
  {
    name: 'jobs: a payload that does not match is tried again',
    promise: 'JobRunner: jobs.invalid-payload is of the family user, which is not tried again',
    file: 'libs/jobs/src/worker/job-runner.ts',
    replace: [['throw jobsErrors.invalidPayload({ cause: error });', 'throw error;']],
    suites: [runs],
  },
  {
    name: 'jobs: a payload reaches its handler unread',
    promise: 'JobRunner: the payload of the job matches its contract',
    file: 'libs/jobs/src/worker/job-runner.ts',
    replace: [
      ['contract.schema.parse(JSON.parse(job.payload_json))', 'JSON.parse(job.payload_json)'],
    ],
    suites: [runs],
  },
  {
    name: 'jobs: a replica that stops tells its runs that they took too long',
    promise: 'JobRunner.interrupt: the attempts of the runs under way do not count',
    file: 'libs/jobs/src/worker/job-runner.ts',
    replace: [['run.abort(jobsErrors.shuttingDown())', 'run.abort(jobsErrors.timedOut())']],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a job whose workers were lost dies of something else',
    promise: 'JobRunRepository.start: jobs.crashed when it was lost in every attempt',
    file: 'libs/jobs/src/worker/job-run.repository.ts',
    replace: [['describeFailure(jobsErrors.crashed(),', 'describeFailure(jobsErrors.leaseLost(),']],
    suites: [ownershipSpec],
  },
  {
    name: 'jobs: a queue is opened on a connection that is not ready',
    promise: 'JobQueues: a queue is only created on a connection that is ready',
    file: queues,
    replace: [
      [
        '    if (!this.isReady) throw jobsErrors.redisNotReady();\n    let opening',
        '    let opening',
      ],
    ],
    suites: [deliveries],
  },
  {
    name: 'jobs: served queues are asked for on a connection that is not ready',
    promise: 'docs/errors.md: jobs.redis-not-ready',
    file: queues,
    replace: [
      [
        '    if (!this.isReady) throw jobsErrors.redisNotReady();\n    const names',
        '    const names',
      ],
    ],
    suites: [deliveries],
  },
  {
    name: 'jobs: a replica boots whose handlers do not match',
    promise: 'HandlerRegistry: throws jobs.wiring with everything that does not match',
    file: 'libs/jobs/src/worker/handler-registry.ts',
    replace: [['if (problems.length > 0) throw', 'if (problems.length > 9) throw']],
    suites: [wiring],
  },
  {
    name: 'jobs: a replica boots whose schedules do not match',
    promise: 'JobScheduler: throws jobs.wiring with everything that does not match',
    file: 'libs/jobs/src/schedule/job-scheduler.ts',
    replace: [['if (problems.length > 0) throw', 'if (problems.length > 9) throw']],
    suites: [wiring],
  },
  {
    name: 'jobs: a schedule is declared that is never due',
    promise: 'defineSchedule: throws jobs.wiring when the cron text is not valid',
    file: 'libs/jobs/src/schedule/job-schedule.ts',
    replace: [['  nextOccurrence(cron, 0);\n', '']],
    suites: [registrySpec],
    isQuick: true,
  },
  {
    name: 'jobs: a schedule without a cron text is due each minute',
    promise: 'JobSchedule.cron: five or six fields',
    file: 'libs/jobs/src/schedule/job-schedule.ts',
    replace: [['  if (!FIVE_OR_SIX_FIELDS.test(cron)) throw notACronText(cron);\n', '']],
    suites: [registrySpec],
    isQuick: true,
  },
];
