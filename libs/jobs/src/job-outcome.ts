import { sql, type Transaction } from '#libs/database';
import type { JsonObject } from '#libs/kernel';
import type { JobFailure } from './job-failure.js';

export type FinalState = 'completed' | 'dead' | 'cancelled';

export interface JobIdentity {
  readonly id: string;
  readonly name: string;
  readonly requested_by: string | null;
}

export interface JobOutcome {
  readonly state: FinalState;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly result?: JsonObject | undefined;
  readonly failure?: JobFailure | undefined;
  /** Kept as it is when undefined. */
  readonly progress?: JsonObject | undefined;
}

/** Notification types of this lib. */
export const JOB_NOTIFICATIONS = {
  completed: 'job.completed',
  dead: 'job.dead',
  cancelled: 'job.cancelled',
} as const satisfies Record<FinalState, string>;

/** Staff who may read jobs hear of those that need attention. */
const JOB_READERS = 'permission:jobs:job:read';

/**
 * Ends a job within `tx` and tells the user who asked for it. The caller has made sure that it may: it
 * holds the row and has compared state and run token.
 */
export async function recordOutcome(
  tx: Transaction,
  job: JobIdentity,
  outcome: JobOutcome,
): Promise<void> {
  const { state, at, result, failure, progress } = outcome;
  const progressJson = progress === undefined ? null : JSON.stringify(progress);
  const errorJson = failure === undefined ? null : JSON.stringify(failure);
  await tx.execute(
    sql`UPDATE job
        SET state = ${state}, finished_at = ${at}, claimed_by = NULL, claimed_until = NULL,
          result_json = ${result === undefined ? null : JSON.stringify(result)},
          error_json = ${errorJson}, progress_json = COALESCE(${progressJson}, progress_json)
        WHERE id = ${job.id}`,
  );
  const message = {
    type: JOB_NOTIFICATIONS[state],
    payload: {
      id: job.id,
      name: job.name,
      state,
      ...(failure === undefined ? {} : { error: { code: failure.code, message: failure.message } }),
    },
  };
  if (job.requested_by !== null) tx.notify(`user:${job.requested_by}`, message);
  if (state === 'dead') tx.notify(JOB_READERS, message);
}
