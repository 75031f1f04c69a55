import { Injectable } from '@nestjs/common';
import { recordOutcome } from '../job-outcome.js';
import type { JobState } from '../job-state.js';
import { JobsEnvironment } from '../jobs-environment.js';
import { jobsErrors } from '../jobs.errors.js';
import { JobDispatcher } from '../outbox/job-dispatcher.js';
import { toJobView, type JobView } from './job-view.js';
import { JobRepository, type JobFilter, type JobPosition, type JobRow } from './job.repository.js';

const FINAL: ReadonlySet<JobState> = new Set(['completed', 'dead', 'cancelled']);
const RETRYABLE: ReadonlySet<JobState> = new Set(['dead', 'cancelled']);

/** What staff do with jobs. */
@Injectable()
export class JobAdministration {
  constructor(
    private readonly jobs: JobRepository,
    private readonly dispatcher: JobDispatcher,
    private readonly environment: JobsEnvironment,
  ) {}

  /** Newest first. */
  async list(filter: JobFilter, after: JobPosition | undefined, limit: number): Promise<JobView[]> {
    return (await this.jobs.list(filter, after, limit)).map(toJobView);
  }

  /** Throws `jobs.not-found`. */
  async get(id: string): Promise<JobView> {
    return toJobView(existing(await this.jobs.find(id), id));
  }

  /**
   * A job no worker holds is cancelled at once; one that runs is asked to stop, which takes about a
   * second plus the time its handler needs. Asking again is harmless. Throws `jobs.not-found`,
   * `jobs.not-cancellable`.
   */
  async cancel(id: string): Promise<JobView> {
    await this.jobs.run(async (tx) => {
      const job = existing(await this.jobs.lock(tx, id), id);
      if (job.state === 'cancelled') return;
      if (FINAL.has(job.state)) throw jobsErrors.notCancellable({ details: { state: job.state } });
      const now = this.environment.clock.wallMs();
      tx.audit({ action: 'jobs:job:cancel', entity: 'job', entityId: id });
      if (job.state === 'active' && (job.claimed_until ?? 0) > now) {
        await this.jobs.requestCancel(tx, id);
        return;
      }
      await this.jobs.fence(tx, id);
      await recordOutcome(tx, job, { state: 'cancelled', at: now });
    });
    return this.get(id);
  }

  /**
   * Gives a dead or cancelled job fresh attempts; steps it has done are not done again. Throws
   * `jobs.not-found`, `jobs.not-retryable`.
   */
  async retry(id: string): Promise<JobView> {
    await this.jobs.run(async (tx) => {
      const job = existing(await this.jobs.lock(tx, id), id);
      if (!RETRYABLE.has(job.state))
        throw jobsErrors.notRetryable({ details: { state: job.state } });
      await this.jobs.makePending(tx, id, this.environment.clock.wallMs());
      tx.audit({ action: 'jobs:job:retry', entity: 'job', entityId: id });
    });
    this.dispatcher.nudge();
    return this.get(id);
  }
}

function existing(job: JobRow | undefined, id: string): JobRow {
  if (job === undefined) throw jobsErrors.notFound({ details: { id } });
  return job;
}
