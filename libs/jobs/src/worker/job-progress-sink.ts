import type { JsonObject } from '#libs/kernel';
import type { JobState } from '../job-state.js';

export interface JobProgress {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  readonly progress: JsonObject;
  readonly requestedBy: string | undefined;
}

/** Where progress is pushed to, after it was stored. Best effort: a client that missed one reads the job. */
export interface JobProgressSink {
  progress(job: JobProgress): void;
}

/** Optional, bound by a global module: without a sink progress is stored only. */
export const JOB_PROGRESS_SINK = Symbol('JobProgressSink');
