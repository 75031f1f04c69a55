import { defineErrors } from '#libs/kernel';

export const jobsErrors = defineErrors({
  notFound: {
    code: 'jobs.not-found',
    family: 'user',
    status: 404,
    title: 'Job not found',
  },
  notRetryable: {
    code: 'jobs.not-retryable',
    family: 'user',
    status: 409,
    title: 'Only dead and cancelled jobs can be retried',
  },
  notCancellable: {
    code: 'jobs.not-cancellable',
    family: 'user',
    status: 409,
    title: 'The job has already finished',
  },
  scheduleNotFound: {
    code: 'jobs.schedule-not-found',
    family: 'user',
    status: 404,
    title: 'Schedule not found',
  },
  invalidPayload: {
    code: 'jobs.invalid-payload',
    family: 'user',
    status: 422,
    title: 'The payload of the job does not match its contract',
  },
  timedOut: {
    code: 'jobs.timed-out',
    family: 'operational',
    status: 504,
    title: 'The job took longer than its contract allows',
  },
  crashed: {
    code: 'jobs.crashed',
    family: 'operational',
    status: 500,
    title: 'The worker of the job was lost in every attempt',
  },
  cancelled: {
    code: 'jobs.cancelled',
    family: 'operational',
    status: 409,
    title: 'The job was cancelled',
  },
  leaseLost: {
    code: 'jobs.lease-lost',
    family: 'operational',
    status: 409,
    title: 'Another run of the job has taken over',
  },
  shuttingDown: {
    code: 'jobs.shutting-down',
    family: 'operational',
    status: 503,
    title: 'The replica is stopping',
  },
  redisNotReady: {
    code: 'jobs.redis-not-ready',
    family: 'operational',
    status: 503,
    title: 'Redis cannot be reached; the job waits in SQL',
  },
  wiring: {
    code: 'jobs.wiring',
    family: 'defect',
    status: 500,
    title: 'Jobs, handlers and schedules do not match',
  },
});
