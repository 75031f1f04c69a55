import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobsEnvironment } from '../jobs-environment.js';
import { jobsErrors } from '../jobs.errors.js';
import { JobRunRepository } from './job-run.repository.js';
import type { JobRun } from './job-run.js';

interface Watched {
  readonly run: JobRun;
  renewedAt: number;
}

/**
 * Watches the runs of this process: renews their leases and aborts those that were cancelled, that
 * lost their job to another run, or that could not prove for a whole lease that they are alive.
 * Idle, it asks nothing. A run that misses the abort still changes nothing: steps check the token.
 */
@Injectable()
export class RunMonitor implements OnApplicationBootstrap {
  private readonly watched = new Map<JobRun, Watched>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(
    private readonly runs: JobRunRepository,
    private readonly environment: JobsEnvironment,
  ) {}

  onApplicationBootstrap(): void {
    // Ends with the process: it has nothing to do once the last run has been removed.
    this.timer = setInterval(() => void this.look(), this.environment.timing.pollMs);
    this.timer.unref();
  }

  get active(): readonly JobRun[] {
    return [...this.watched.keys()];
  }

  add(run: JobRun): void {
    this.watched.set(run, { run, renewedAt: this.environment.clock.monotonicMs() });
  }

  remove(run: JobRun): void {
    this.watched.delete(run);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    this.abortExpired();
    if (this.isLooking || this.watched.size === 0) return;
    this.isLooking = true;
    try {
      await this.renew();
      await this.compare();
    } catch (error) {
      // SQL is away: the leases run out, which `abortExpired` notices.
      this.environment.logger.warn({ err: error }, 'runs could not be watched');
    } finally {
      this.isLooking = false;
    }
  }

  private abortExpired(): void {
    const now = this.environment.clock.monotonicMs();
    for (const { run, renewedAt } of this.watched.values()) {
      if (now - renewedAt > this.environment.timing.leaseMs) run.abort(jobsErrors.leaseLost());
    }
  }

  private async renew(): Promise<void> {
    const now = this.environment.clock.monotonicMs();
    const due = [...this.watched.values()].filter(
      ({ renewedAt }) => now - renewedAt >= this.environment.timing.leaseMs / 3,
    );
    if (due.length === 0) return;
    const until = this.environment.clock.wallMs() + this.environment.timing.leaseMs;
    await this.runs.renewLeases(
      due.map(({ run }) => run.job),
      until,
    );
    for (const entry of due) entry.renewedAt = now;
  }

  private async compare(): Promise<void> {
    const runs = this.active;
    const rows = await this.runs.watch(runs.map(({ id }) => id));
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const run of runs) {
      const row = byId.get(run.id);
      if (row?.state !== 'active' || row.run_token !== run.job.run_token) {
        // A run that has just completed looks the same, and no longer listens.
        if (!run.isCompleted && this.watched.has(run)) run.abort(jobsErrors.leaseLost());
      } else if (row.cancel_requested !== 0) {
        run.abort(jobsErrors.cancelled());
      }
    }
  }
}
