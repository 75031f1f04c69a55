export { JobAdministration } from './administration/job-administration.js';
export type { JobView } from './administration/job-view.js';
export type { JobFilter, JobPosition } from './administration/job.repository.js';
export { JobsAuthoringModule, type JobsAuthoringModuleOptions } from './jobs-authoring.module.js';
export { defineSchedule, type AnyJobSchedule, type JobSchedule } from './schedule/job-schedule.js';
export { JobScheduler, type ScheduleView } from './schedule/job-scheduler.js';
export { JobBacklog } from './outbox/job-backlog.js';
export type { HandlesJob, JobContext } from './worker/job-context.js';
export { JobHandler, type JobHandlerOptions } from './worker/job-handler.decorator.js';
export {
  JOB_PROGRESS_SINK,
  type JobProgress,
  type JobProgressSink,
} from './worker/job-progress-sink.js';
