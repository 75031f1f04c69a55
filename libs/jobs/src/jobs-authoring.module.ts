import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { JobAdministration } from './administration/job-administration.js';
import { JobRepository } from './administration/job.repository.js';
import { CheckLedgersHandler } from './ledgers/check-ledgers.handler.js';
import { checkLedgersJob } from './ledgers/check-ledgers.job.js';
import { LedgerComparison } from './ledgers/ledger-comparison.js';
import { JobBacklog } from './outbox/job-backlog.js';
import { FinishedJobPruner } from './prune/finished-job.pruner.js';
import { PrunePlatformHandler } from './prune/prune-platform.handler.js';
import { prunePlatformJob } from './prune/prune-platform.job.js';
import { defineSchedule, type AnyJobSchedule } from './schedule/job-schedule.js';
import { JOB_SCHEDULES, JobScheduler } from './schedule/job-scheduler.js';
import { ScheduleRepository } from './schedule/schedule.repository.js';
import { HandlerRegistry } from './worker/handler-registry.js';
import { JobRunRepository } from './worker/job-run.repository.js';
import { JobRunner } from './worker/job-runner.js';
import { RunEnding } from './worker/run-ending.js';
import { RunMonitor } from './worker/run-monitor.js';
import { QueueWorkerFactory } from './worker/queue-worker-factory.js';
import { RunFactory } from './worker/run-factory.js';
import { WorkerPool } from './worker/worker-pool.js';
import { WorkerWatchdog } from './worker/worker-watchdog.js';

export interface JobsAuthoringModuleOptions {
  /** Schedules of the domain; those of the platform are always there. */
  readonly schedules?: readonly AnyJobSchedule[];
}

const platformSchedules = [
  defineSchedule({
    name: 'prune-platform',
    cron: '7 * * * *',
    job: prunePlatformJob,
    payload: {},
  }),
  defineSchedule({
    name: 'check-ledgers',
    cron: '23 3 * * *',
    job: checkLedgersJob,
    payload: {},
  }),
];

/**
 * The running side, for authoring replicas only: handlers, workers, schedules, administration.
 * Needs `JobsModule` beside it.
 */
@Module({})
export class JobsAuthoringModule {
  static forRoot({ schedules = [] }: JobsAuthoringModuleOptions = {}): DynamicModule {
    return {
      module: JobsAuthoringModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: JOB_SCHEDULES, useValue: [...platformSchedules, ...schedules] },
        HandlerRegistry,
        JobRunRepository,
        RunEnding,
        RunMonitor,
        RunFactory,
        JobRunner,
        QueueWorkerFactory,
        WorkerPool,
        WorkerWatchdog,
        ScheduleRepository,
        JobScheduler,
        JobRepository,
        JobAdministration,
        JobBacklog,
        PrunePlatformHandler,
        CheckLedgersHandler,
        LedgerComparison,
        FinishedJobPruner,
      ],
      exports: [JobAdministration, JobBacklog, JobScheduler],
    };
  }
}
