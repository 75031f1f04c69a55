import { CronExpressionParser } from 'cron-parser';
import type { JobContract } from '#libs/database';
import type { LockstepError } from '#libs/kernel';
import { jobsErrors } from '../jobs.errors.js';

const FIVE_OR_SIX_FIELDS = /^\S+(?: \S+){4,5}$/;

/** A job that is enqueued again and again. */
export interface JobSchedule<Payload = unknown> {
  readonly name: string;
  /** Five or six fields (seconds first), in UTC. */
  readonly cron: string;
  readonly job: JobContract<Payload>;
  readonly payload: Payload;
}

/** A schedule whose payload type does not matter to the code that holds it. */
export interface AnyJobSchedule extends Omit<JobSchedule, 'job' | 'payload'> {
  readonly queue: string;
  /** Enqueues one occurrence. */
  readonly enqueue: (enqueue: EnqueueOccurrence) => Promise<string>;
}

type EnqueueOccurrence = <Payload>(job: JobContract<Payload>, payload: Payload) => Promise<string>;

/** Declares a schedule. Throws `jobs.wiring` when the cron text is not valid. */
export function defineSchedule<Payload>(schedule: JobSchedule<Payload>): AnyJobSchedule {
  const { name, cron, job, payload } = schedule;
  nextOccurrence(cron, 0);
  return { name, cron, queue: job.queue, enqueue: (enqueue) => enqueue(job, payload) };
}

/** The first occurrence after `after`; both are epoch milliseconds. */
export function nextOccurrence(cron: string, after: number): number {
  // The parser takes what is left out for "every": an empty text would be due each minute.
  if (!FIVE_OR_SIX_FIELDS.test(cron)) throw notACronText(cron);
  try {
    return CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: new Date(after) })
      .next()
      .getTime();
  } catch (error) {
    throw notACronText(cron, error);
  }
}

function notACronText(cron: string, cause?: unknown): LockstepError {
  return jobsErrors.wiring({ message: `not a cron text: ${cron}`, cause });
}
