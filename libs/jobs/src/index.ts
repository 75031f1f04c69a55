export { defineJob, type JobContract, type JobDefinition } from '#libs/database';
export { JobCatalog, type AnyJobContract } from './job-catalog.js';
export { JOB_NOTIFICATIONS } from './job-outcome.js';
export { JOB_STATES, type JobState } from './job-state.js';
export { JobsModule, type JobsModuleOptions } from './jobs.module.js';
export { JobsTiming } from './jobs-timing.js';
export { jobsErrors } from './jobs.errors.js';
export { JobDispatcher } from './outbox/job-dispatcher.js';
export { prunePlatformJob } from './prune/prune-platform.job.js';
