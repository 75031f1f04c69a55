import { redactSecrets } from '#libs/database';
import type { JsonObject, JsonValue } from '#libs/kernel';
import type { JobFailure } from '../job-failure.js';
import type { JobState } from '../job-state.js';
import type { JobRow } from './job.repository.js';

/** A job as staff see it. Times are epoch milliseconds. */
export interface JobView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly state: JobState;
  /** Values under names that look secret are masked. */
  readonly payload: JsonValue;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly progress: JsonObject | undefined;
  readonly result: JsonObject | undefined;
  /** Of the last attempt that failed. */
  readonly error: JobFailure | undefined;
  readonly requestedBy: string | undefined;
  readonly requestId: string | undefined;
  readonly isCancelRequested: boolean;
  readonly availableAt: number;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** The replica that runs it. */
  readonly replica: string | undefined;
}

export function toJobView(row: JobRow): JobView {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    state: row.state,
    payload: redactSecrets(JSON.parse(row.payload_json)) as JsonValue,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    progress: parsedObject(row.progress_json),
    result: parsedObject(row.result_json),
    error: row.error_json === null ? undefined : (JSON.parse(row.error_json) as JobFailure),
    requestedBy: row.requested_by ?? undefined,
    requestId: row.request_id ?? undefined,
    isCancelRequested: row.cancel_requested !== 0,
    availableAt: row.available_at,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    replica: row.state === 'active' ? (row.claimed_by ?? undefined) : undefined,
  };
}

/** Columns that only this lib writes, in the shape it reads them. */
function parsedObject(json: string | null): JsonObject | undefined {
  return json === null ? undefined : (JSON.parse(json) as JsonObject);
}
