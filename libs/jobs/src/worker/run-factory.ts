import { Inject, Injectable, Optional } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { type JsonObject } from '#libs/kernel';
import { JobsEnvironment } from '../jobs-environment.js';
import { JOB_PROGRESS_SINK, type JobProgressSink } from './job-progress-sink.js';
import { JobRun } from './job-run.js';
import { JobRunRepository, type RunRow } from './job-run.repository.js';
import { ProgressReporter } from './progress-reporter.js';

/** Makes the context of a run, whose progress is stored and then pushed. */
@Injectable()
export class RunFactory {
  constructor(
    private readonly runs: JobRunRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly environment: JobsEnvironment,
    @Optional() @Inject(JOB_PROGRESS_SINK) private readonly sink?: JobProgressSink,
  ) {}

  create(job: RunRow): { readonly run: JobRun; readonly reporter: ProgressReporter } {
    const reporter = new ProgressReporter({
      clock: this.environment.clock,
      intervalMs: this.environment.timing.progressMs,
      send: (progress) => this.send(job, progress),
    });
    const { runs, unitOfWork } = this;
    const run = new JobRun({ job, runs, unitOfWork, reporter, clock: this.environment.clock });
    return { run, reporter };
  }

  private async send(job: RunRow, progress: JsonObject): Promise<void> {
    try {
      const stored = await this.runs.storeProgress(job, progress);
      // The run has lost its job: what it reports is no longer true.
      if (stored === 0) return;
      const { id, name, state } = job;
      const requestedBy = job.requested_by ?? undefined;
      this.sink?.progress({ id, name, state, progress, requestedBy });
    } catch (error) {
      this.environment.logger.debug({ err: error, jobId: job.id }, 'progress was not stored');
    }
  }
}
