import { Injectable } from '@nestjs/common';
import { exponentialBackoffMs, LockstepError } from '#libs/kernel';
import type { RegisteredMetrics } from '#libs/observability';
import type { AnyJobContract } from '../job-catalog.js';
import { describeFailure } from '../job-failure.js';
import { runMetrics } from '../jobs.metrics.js';
import { JobsEnvironment } from '../jobs-environment.js';
import type { JobRun } from './job-run.js';
import { JobRunRepository } from './job-run.repository.js';
import type { ProgressReporter } from './progress-reporter.js';

/** What becomes of the delivery in BullMQ after a run. */
export type Disposition =
  | { readonly kind: 'done' }
  /** The attempt failed; the next one comes after the delay. */
  | { readonly kind: 'retry'; readonly delayMs: number }
  /** Nothing was tried; the delivery comes again after the delay. */
  | { readonly kind: 'postpone'; readonly delayMs: number }
  /** Another worker may have it at once. */
  | { readonly kind: 'give-back' };

const LEASE_LOST = 'jobs.lease-lost';
const CANCELLED = 'jobs.cancelled';
const SHUTTING_DOWN = 'jobs.shutting-down';

/**
 * Writes down how a run ended that did not complete. When that cannot be written the lease runs
 * out by itself and the delivery, postponed, starts the job again.
 */
@Injectable()
export class RunEnding {
  private readonly metrics: RegisteredMetrics<typeof runMetrics>;

  constructor(
    private readonly runs: JobRunRepository,
    private readonly environment: JobsEnvironment,
  ) {
    this.metrics = environment.metrics.register(runMetrics);
  }

  async of(
    run: JobRun,
    reporter: ProgressReporter,
    contract: AnyJobContract,
    thrown: unknown,
  ): Promise<Disposition> {
    // A handler that was told to stop throws all kinds of things; the reason it was told is the cause.
    const cause: unknown = run.signal.aborted ? run.signal.reason : thrown;
    try {
      await reporter.close();
      switch (cause instanceof LockstepError ? cause.code : undefined) {
        case LEASE_LOST:
          return this.leaseLost(run);
        case CANCELLED:
          return await this.cancel(run, reporter);
        case SHUTTING_DOWN:
          return await this.giveBack(run, reporter);
        default:
          return await this.fail(run, reporter, contract, cause);
      }
    } catch (error) {
      const fields = { err: error, jobId: run.id, job: run.job.name };
      this.environment.logger.warn(
        fields,
        'the end of a run could not be written; the job starts again',
      );
      return { kind: 'postpone', delayMs: this.environment.timing.leaseMs };
    }
  }

  private leaseLost(run: JobRun): Disposition {
    this.metrics.leaseLost.inc({ job_name: run.job.name });
    this.environment.logger.warn({ jobId: run.id, job: run.job.name }, 'a run lost its job');
    // If no worker took over, the job must come again; if one did, the delivery finds that out.
    return { kind: 'postpone', delayMs: this.environment.timing.leaseMs };
  }

  private async cancel(run: JobRun, reporter: ProgressReporter): Promise<Disposition> {
    const at = this.environment.clock.wallMs();
    const outcome = { state: 'cancelled', at, progress: reporter.unsent } as const;
    if (!(await this.runs.tryEnd(run.job, outcome))) return this.leaseLost(run);
    this.metrics.finished.inc({ job_name: run.job.name, state: 'cancelled' });
    return { kind: 'done' };
  }

  private async giveBack(run: JobRun, reporter: ProgressReporter): Promise<Disposition> {
    const now = this.environment.clock.wallMs();
    const isDone = await this.runs.tryReschedule(run.job, now, now, undefined, reporter.unsent);
    return isDone ? { kind: 'give-back' } : this.leaseLost(run);
  }

  private async fail(
    run: JobRun,
    reporter: ProgressReporter,
    contract: AnyJobContract,
    error: unknown,
  ): Promise<Disposition> {
    const now = this.environment.clock.wallMs();
    const { job } = run;
    const failure = describeFailure(error, job.attempts, now);
    const isHopeless = error instanceof LockstepError && error.family === 'user';
    const fields = { err: error, jobId: job.id, job: job.name, attempt: job.attempts };
    if (isHopeless || job.attempts >= job.max_attempts) {
      const outcome = { state: 'dead', at: now, failure, progress: reporter.unsent } as const;
      if (!(await this.runs.tryEnd(run.job, outcome))) return this.leaseLost(run);
      this.metrics.finished.inc({ job_name: job.name, state: 'dead' });
      this.environment.logger.error(fields, 'a job is dead');
      return { kind: 'done' };
    }
    const { backoffMs, maxBackoffMs } = contract.retry;
    const policy = { baseMs: backoffMs, factor: 2, maxMs: maxBackoffMs };
    const delayMs = exponentialBackoffMs(policy, job.attempts);
    const at = now + delayMs;
    if (!(await this.runs.tryReschedule(run.job, at, now, failure, reporter.unsent))) {
      return this.leaseLost(run);
    }
    this.metrics.retries.inc({ job_name: job.name });
    this.environment.logger.warn({ ...fields, delayMs }, 'an attempt of a job failed');
    return { kind: 'retry', delayMs };
  }
}
