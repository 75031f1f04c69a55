const runsSpec = 'libs/jobs/src/worker/runs.int-spec.ts';
const jobSchedulerSpec = 'libs/jobs/src/schedule/job-scheduler.int-spec.ts';
const wiringSpec = 'libs/jobs/src/wiring.int-spec.ts';
const jobsSpec = 'libs/jobs/src/jobs.int-spec.ts';
const handlerRegistrySpec = 'libs/jobs/src/worker/handler-registry.spec.ts';
const prunePlatformSpec = 'libs/jobs/src/prune/prune-platform.int-spec.ts';
const jobSchedulerFile = 'libs/jobs/src/schedule/job-scheduler.ts';
const scheduleRepositoryFile = 'libs/jobs/src/schedule/schedule.repository.ts';
const finishedJobPrunerFile = 'libs/jobs/src/prune/finished-job.pruner.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'jobs: an error is stored with its password',
    promise: 'describeFailure: connection strings must not be stored',
    file: 'libs/jobs/src/job-failure.ts',
    replace: [["    .replace(SECRET_ASSIGNMENT, '$1***')\n", '']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: an error is stored with the login of a URL',
    promise: 'describeFailure: connection strings must not be stored',
    file: 'libs/jobs/src/job-failure.ts',
    replace: [["    .replace(LOGIN_IN_URL, '//***@')\n", '']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: nobody is told of a dead job',
    promise: 'recordOutcome: staff who may read jobs hear of those that need attention',
    file: 'libs/jobs/src/job-outcome.ts',
    replace: [["  if (state === 'dead') tx.notify(JOB_READERS, message);\n", '']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: who asked for a job is not told',
    promise: 'recordOutcome: tells the user who asked for it',
    file: 'libs/jobs/src/job-outcome.ts',
    replace: [
      ['  if (job.requested_by !== null) tx.notify(`user:${job.requested_by}`, message);\n', ''],
    ],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a job that was retried has its old attempts',
    promise: 'JobAdministration.retry: gives fresh attempts',
    file: 'libs/jobs/src/administration/job.repository.ts',
    replace: [["state = 'pending', attempts = 0,", "state = 'pending',"]],
    suites: [runsSpec],
  },
  {
    name: 'jobs: a retry waits for the next look',
    promise: 'JobAdministration.retry: the dispatcher is nudged',
    file: 'libs/jobs/src/administration/job-administration.ts',
    replace: [['    this.dispatcher.nudge();\n', '']],
    suites: [runsSpec],
  },
  {
    name: 'jobs: taking an occurrence and enqueueing are two transactions',
    promise: 'JobScheduler: taking an occurrence and inserting its job are one unit of work',
    file: jobSchedulerFile,
    replace: [
      [
        '    await this.unitOfWork.run(\n      async (tx) => {\n        if (await this.repository.tryTake(tx, row, nextAt, now)) await this.enqueue(tx, schedule);\n      },\n',
        '    const isTaken = await this.unitOfWork.run((tx) =>\n      this.repository.tryTake(tx, row, nextAt, now),\n    );\n    await this.unitOfWork.run(\n      async (tx) => {\n        if (isTaken) await this.enqueue(tx, schedule);\n      },\n',
      ],
    ],
    suites: [jobSchedulerSpec],
  },
  {
    name: 'jobs: an occurrence is taken twice',
    promise: 'ScheduleRepository.tryTake: false when another replica has taken it',
    file: scheduleRepositoryFile,
    replace: [[' AND next_at = ${row.next_at} AND enabled = 1`', ' AND enabled = 1`']],
    suites: [jobSchedulerSpec],
  },
  {
    name: 'jobs: a schedule that the code no longer has stays',
    promise: 'ScheduleRepository.ensure: removes what the code no longer has',
    file: scheduleRepositoryFile,
    replace: [['      await tx.execute(sql`DELETE FROM schedule WHERE ${obsolete}`);\n', '']],
    suites: [jobSchedulerSpec],
  },
  {
    name: 'jobs: a changed cron text is not followed',
    promise: 'ScheduleRepository.ensure: follows changed cron texts',
    file: scheduleRepositoryFile,
    replace: [['if (rows[0]?.cron === cron) return;', 'if (rows[0] !== undefined) return;']],
    suites: [jobSchedulerSpec],
  },
  {
    name: 'jobs: an occurrence that is too far away stays',
    promise: 'JobScheduler.correct: pulled back',
    file: jobSchedulerFile,
    replace: [['    await this.repository.pullBack(row, nextAt);\n', '']],
    suites: [jobSchedulerSpec],
  },
  {
    name: 'jobs: occurrences nobody was there for pile up',
    promise:
      'JobScheduler: while the job of an earlier occurrence has not started, a new one joins it',
    file: jobSchedulerFile,
    replace: [['tx.enqueue(job, payload, { dedupeKey })', 'tx.enqueue(job, payload)']],
    suites: [jobSchedulerSpec],
  },
  {
    name: 'jobs: a schedule may name no job',
    promise: 'JobScheduler: a schedule without its job does not boot',
    file: jobSchedulerFile,
    replace: [
      [
        '...(this.catalog.find(queue) === undefined ? [`schedule ${name}: no job ${queue}`] : []),',
        '',
      ],
    ],
    suites: [wiringSpec],
  },
  {
    name: 'jobs: a commit does not wake the dispatcher',
    promise: 'JobDispatcher: fast path, a commit of this process wakes the loop',
    file: 'libs/jobs/src/outbox/job-dispatcher.ts',
    replace: [['if (jobs.length > 0) this.nudge();', '']],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: claims are ignored',
    promise: 'OutboxRepository.claimDue: nobody else gets them before until',
    file: 'libs/jobs/src/outbox/outbox.repository.ts',
    replace: [[' AND (claimed_until IS NULL OR claimed_until < ${now})`', '`']],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: calls of Redis are not bounded',
    promise: 'JobQueues: every call is bounded',
    file: 'libs/jobs/src/outbox/job-queues.ts',
    replace: [
      [
        'return withDeadline(answer, this.environment.timing.redisTimeoutMs, what);',
        'return answer;',
      ],
    ],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: an emptied Redis goes unnoticed',
    promise: 'JobDispatcher: when it is emptied or replaced, every job is compared with it at once',
    file: 'libs/jobs/src/outbox/job-dispatcher.ts',
    replace: [
      ['      await this.noticeNewRedis();\n', ''],
      ['      await this.recheckWhenTime();\n', ''],
    ],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: what is absent in Redis stays absent',
    promise: 'OutboxRelay.recheck: whatever is absent there is handed over again',
    file: 'libs/jobs/src/outbox/outbox-relay.ts',
    replace: [['const missing = [...finished, ...lost];', 'const missing = [...finished];']],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: the payload travels through Redis',
    promise: 'DeliveryData: the id only',
    file: 'libs/jobs/src/outbox/job-queues.ts',
    replace: [['data: { id },', 'data: { id, counter: name, secret: "secret-name" },']],
    suites: [jobsSpec],
  },
  {
    name: 'jobs: two contracts share a queue',
    promise: 'JobCatalog: throws jobs.wiring when two share a queue',
    file: 'libs/jobs/src/job-catalog.ts',
    replace: [['if (doubled.size > 0) {', 'if (doubled.size > 9) {']],
    suites: [handlerRegistrySpec],
  },
  {
    name: 'jobs: a job loses its steps before it',
    promise: 'FinishedJobPruner: removes jobs with their steps',
    file: finishedJobPrunerFile,
    replace: [
      ['      await tx.execute(sql`DELETE FROM inbox WHERE job_id IN ${sql.in(ids)}`);\n', ''],
    ],
    suites: [prunePlatformSpec],
  },
  {
    name: 'jobs: jobs go before their week is over',
    promise: 'FinishedJobPruner: removes jobs that ended a week ago',
    file: finishedJobPrunerFile,
    replace: [['const KEPT_MS = 7 * 24 * 3_600_000;', 'const KEPT_MS = 0;']],
    suites: [prunePlatformSpec],
  },
  {
    name: 'jobs: jobs that have not ended go',
    promise: 'FinishedJobPruner: removes jobs that ended',
    file: finishedJobPrunerFile,
    replace: [
      ["state IN ('completed', 'dead', 'cancelled') AND finished_at", 'COALESCE(finished_at, 0)'],
    ],
    suites: [prunePlatformSpec],
  },
];
