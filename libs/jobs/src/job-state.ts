/**
 * Where a job is. `pending`: only in SQL. `dispatched`: handed to Redis, waits for a worker or for
 * its next attempt. `active`: a worker holds its lease. The other three are final; `dead` and
 * `cancelled` jobs can be retried by hand.
 */
export const JOB_STATES = [
  'pending',
  'dispatched',
  'active',
  'completed',
  'dead',
  'cancelled',
] as const;

export type JobState = (typeof JOB_STATES)[number];

/** Those that no run leaves. */
export const FINAL_STATES = ['completed', 'dead', 'cancelled'] as const satisfies JobState[];

/** The id a job has in BullMQ: derived from its row, so that adding it twice is harmless. */
export function deliveryIdOf(jobId: string): string {
  return `ob_${jobId}`;
}

/** What travels through Redis: the id only. Payload, state and errors stay in SQL. */
export interface DeliveryData {
  readonly id: string;
}
