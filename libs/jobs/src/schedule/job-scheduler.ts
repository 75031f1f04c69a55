import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { JobCatalog } from '../job-catalog.js';
import { JobsEnvironment } from '../jobs-environment.js';
import { jobsErrors } from '../jobs.errors.js';
import { nextOccurrence, type AnyJobSchedule } from './job-schedule.js';
import { ScheduleRepository, type ScheduleRow } from './schedule.repository.js';

/** A schedule as staff see it. Times are epoch milliseconds. */
export interface ScheduleView {
  readonly name: string;
  /** In UTC. */
  readonly cron: string;
  readonly isEnabled: boolean;
  readonly nextAt: number;
  readonly lastAt: number | undefined;
  readonly lastJobId: string | undefined;
}

/** How far the times of two replicas may lie apart. */
const CLOCK_DIFFERENCE_MS = 60_000;

export const JOB_SCHEDULES = Symbol('JobSchedules');

/**
 * Enqueues the jobs of the schedules. Every authoring replica ticks; taking an occurrence and
 * inserting its job are one unit of work, so each is enqueued once, whatever happens to Redis or to
 * a replica. Occurrences that passed while no replica ran become one. While the job of an earlier
 * occurrence has not started, a new occurrence joins it.
 */
@Injectable()
export class JobScheduler
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> | undefined;

  constructor(
    @Inject(JOB_SCHEDULES) private readonly schedules: readonly AnyJobSchedule[],
    private readonly repository: ScheduleRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly catalog: JobCatalog,
    private readonly environment: JobsEnvironment,
  ) {}

  onModuleInit(): void {
    const names = this.schedules.map(({ name }) => name);
    const problems = this.schedules.flatMap(({ name, queue }, index) => [
      ...(names.indexOf(name) === index ? [] : [`two schedules are called ${name}`]),
      ...(this.catalog.find(queue) === undefined ? [`schedule ${name}: no job ${queue}`] : []),
    ]);
    if (problems.length > 0) throw jobsErrors.wiring({ message: problems.join('; ') });
  }

  async onApplicationBootstrap(): Promise<void> {
    const now = this.environment.clock.wallMs();
    const known = this.schedules.map(({ name, cron }) => ({
      name,
      cron,
      nextAt: nextOccurrence(cron, now),
    }));
    await this.repository.ensure(known);
    this.timer = setInterval(() => void this.tick(), this.environment.timing.sweepMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.ticking;
  }

  /** Enqueues whatever is due. Never rejects: the next tick repeats what failed. */
  tick(): Promise<void> {
    this.ticking ??= this.enqueueDue().finally(() => {
      this.ticking = undefined;
    });
    return this.ticking;
  }

  /** All schedules of the fleet, by name. */
  async list(): Promise<ScheduleView[]> {
    return (await this.repository.list()).map((row) => ({
      name: row.name,
      cron: row.cron,
      isEnabled: row.enabled !== 0,
      nextAt: row.next_at,
      lastAt: row.last_at ?? undefined,
      lastJobId: row.last_job_id ?? undefined,
    }));
  }

  /** Enqueues one occurrence now, besides the regular ones. Throws `jobs.schedule-not-found`. */
  async runNow(name: string): Promise<string> {
    const schedule = this.schedules.find((candidate) => candidate.name === name);
    if (schedule === undefined) throw jobsErrors.scheduleNotFound({ details: { name } });
    return this.unitOfWork.run((tx) => this.enqueue(tx, schedule));
  }

  private async enqueueDue(): Promise<void> {
    try {
      const now = this.environment.clock.wallMs();
      for (const row of await this.repository.listEnabled()) {
        if (row.next_at <= now) await this.take(row);
        else await this.correct(row, now);
      }
    } catch (error) {
      this.environment.logger.warn({ err: error }, 'schedules could not be looked at');
    }
  }

  private async take(row: ScheduleRow): Promise<void> {
    const schedule = this.schedules.find(({ name }) => name === row.name);
    // A newer replica has added it; it also knows its job.
    if (schedule === undefined) return;
    const now = this.environment.clock.wallMs();
    const nextAt = nextOccurrence(row.cron, now);
    await this.unitOfWork.run(
      async (tx) => {
        if (await this.repository.tryTake(tx, row, nextAt, now)) await this.enqueue(tx, schedule);
      },
      { part: 'upkeep' },
    );
  }

  /**
   * An occurrence further away than the schedule's own next one was written by a replica whose time
   * was wrong. The next one counts from a little later than now: another replica, a little ahead, may
   * have taken the one between.
   */
  private async correct(row: ScheduleRow, now: number): Promise<void> {
    if (row.next_at <= nextOccurrence(row.cron, now + CLOCK_DIFFERENCE_MS)) return;
    const nextAt = nextOccurrence(row.cron, now);
    await this.repository.pullBack(row, nextAt);
    const fields = { schedule: row.name, was: row.next_at, nextAt };
    this.environment.logger.warn(fields, 'a schedule was too far in the future and pulled back');
  }

  private async enqueue(tx: Transaction, schedule: AnyJobSchedule): Promise<string> {
    const dedupeKey = `schedule:${schedule.name}`;
    const jobId = await schedule.enqueue((job, payload) => tx.enqueue(job, payload, { dedupeKey }));
    await this.repository.noteJob(tx, schedule.name, jobId, this.environment.clock.wallMs());
    return jobId;
  }
}
