import { defineMetrics } from '#libs/observability';

export const outboxMetrics = defineMetrics({
  depth: {
    type: 'gauge',
    name: 'lockstep_jobs_outbox_depth',
    help: 'Jobs that have not finished, by queue and state.',
    labels: ['queue', 'state'],
  },
  oldestAge: {
    type: 'gauge',
    name: 'lockstep_jobs_oldest_due_seconds',
    help: 'How long the oldest due job of a queue has been waiting for a worker.',
    labels: ['queue'],
  },
  unhandled: {
    type: 'gauge',
    name: 'lockstep_jobs_unhandled',
    help: 'Jobs that wait in a queue no living worker serves.',
    labels: ['queue'],
  },
  dispatched: {
    type: 'counter',
    name: 'lockstep_jobs_dispatched_total',
    help: 'Jobs handed to Redis, by reason: due, or found lost when compared with Redis.',
    labels: ['reason'],
  },
  dispatchLatency: {
    type: 'histogram',
    name: 'lockstep_jobs_dispatch_latency_seconds',
    help: 'From the moment a job was due until Redis had it.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30, 300],
  },
  dispatchFailures: {
    type: 'counter',
    name: 'lockstep_jobs_dispatch_failures_total',
    help: 'Rounds of the dispatcher that failed, or found Redis away; jobs wait in SQL until the next.',
  },
});

export const runMetrics = defineMetrics({
  finished: {
    type: 'counter',
    name: 'lockstep_jobs_finished_total',
    help: 'Jobs that ended in this replica, by final state.',
    labels: ['job_name', 'state'],
  },
  retries: {
    type: 'counter',
    name: 'lockstep_jobs_retries_total',
    help: 'Failed attempts that another attempt follows.',
    labels: ['job_name'],
  },
  leaseLost: {
    type: 'counter',
    name: 'lockstep_jobs_lease_lost_total',
    help: 'Runs that found another run in their place and changed nothing more.',
    labels: ['job_name'],
  },
  running: {
    type: 'gauge',
    name: 'lockstep_jobs_running',
    help: 'Handlers under way in this replica.',
  },
  duration: {
    type: 'histogram',
    name: 'lockstep_jobs_run_seconds',
    help: 'How long runs took, whatever their outcome.',
    labels: ['job_name'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
  },
  ignoredDeliveries: {
    type: 'counter',
    name: 'lockstep_jobs_ignored_deliveries_total',
    help: 'What a queue in Redis delivered without naming a job; nothing was run.',
    labels: ['queue'],
  },
  workersRebuilt: {
    type: 'counter',
    name: 'lockstep_jobs_workers_rebuilt_total',
    help: 'Workers that had stopped taking jobs and were replaced.',
    labels: ['queue'],
  },
});
