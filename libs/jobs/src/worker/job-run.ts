import { UnitOfWork, type Transaction } from '#libs/database';
import type { Clock, JsonObject } from '#libs/kernel';
import { jobsErrors } from '../jobs.errors.js';
import type { JobContext } from './job-context.js';
import type { JobRunRepository, RunRow } from './job-run.repository.js';
import type { ProgressReporter } from './progress-reporter.js';

export interface JobRunParts {
  readonly job: RunRow;
  readonly runs: JobRunRepository;
  readonly unitOfWork: UnitOfWork;
  readonly reporter: ProgressReporter;
  readonly clock: Clock;
}

const STEP_NAME = /^[a-z0-9][a-z0-9._-]{0,89}$/;

/** One run of one job: the {@link JobContext} its handler sees, and what the runtime knows of it. */
export class JobRun implements JobContext {
  readonly lastProgress: JsonObject | undefined;
  private readonly controller = new AbortController();
  private hasCompleted = false;

  constructor(private readonly parts: JobRunParts) {
    const { progress_json } = parts.job;
    // Written by an earlier run through `progress`, which takes nothing else.
    this.lastProgress =
      progress_json === null ? undefined : (JSON.parse(progress_json) as JsonObject);
  }

  get id(): string {
    return this.job.id;
  }

  get job(): RunRow {
    return this.parts.job;
  }

  get attempt(): number {
    return this.job.attempts;
  }

  get requestedBy(): string | undefined {
    return this.job.requested_by ?? undefined;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get isCompleted(): boolean {
    return this.hasCompleted;
  }

  /** The first reason wins. */
  abort(reason: Error): void {
    this.controller.abort(reason);
  }

  progress(value: JsonObject): void {
    this.parts.reporter.report(value);
  }

  async step(name: string, work: (tx: Transaction) => Promise<void>): Promise<boolean> {
    if (!STEP_NAME.test(name)) throw new RangeError(`not a step name: ${name}`);
    this.signal.throwIfAborted();
    const { runs, unitOfWork, clock } = this.parts;
    return unitOfWork.run(async (tx) => {
      await runs.assertOwner(tx, this.job);
      if (!(await runs.tryNoteStep(tx, this.id, name, clock.wallMs()))) return false;
      await work(tx);
      return true;
    });
  }

  findLastStep(prefix = ''): Promise<string | undefined> {
    return this.parts.runs.findLastStep(this.id, prefix);
  }

  async complete(work?: (tx: Transaction) => Promise<JsonObject | void>): Promise<void> {
    if (this.hasCompleted) throw jobsErrors.leaseLost({ message: 'the job has been completed' });
    this.signal.throwIfAborted();
    const { runs, unitOfWork, reporter, clock } = this.parts;
    await reporter.close();
    await unitOfWork.run(async (tx) => {
      await runs.assertOwner(tx, this.job);
      const result = (await work?.(tx)) ?? undefined;
      const progress = reporter.unsent;
      await runs.complete(tx, this.job, {
        state: 'completed',
        at: clock.wallMs(),
        result,
        progress,
      });
    });
    this.hasCompleted = true;
  }
}
