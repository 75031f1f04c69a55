import type { Dashboard } from './dashboard.js';
import { now, one, panel, quantile, rate, REPLICA } from './panel.js';

/** Of the replicas themselves, what they hold, and what they do for one another. */
export const fleetDashboards: readonly Dashboard[] = [
  {
    name: 'fleet',
    title: 'fleet',
    panels: [
      panel(
        'Replicas',
        'short',
        'Those that answer Prometheus, and how many the scaling rules want.',
        [
          one('{{role}}', now('sum', 'lockstep_replica_info', 'role')),
          one('wanted {{role}}', 'max by (role) (lockstep_desired_replicas{role=~"$role"})'),
        ],
      ),
      panel('Healthy at the door', 'short', 'As the load balancer sees them.', [
        one(
          '{{proxy}}',
          'max by (proxy) (haproxy_backend_active_servers{proxy=~"commerce|authoring"})',
        ),
      ]),
      panel(
        'CPU',
        'short',
        'Cores in use. One replica uses one for requests, and some for reads of SQLite.',
        [one(REPLICA, rate('process_cpu_seconds_total', 'role,instance'))],
      ),
      panel(
        'Event loop, late by',
        's',
        'Above the line requests wait for the replica itself: add one of the role.',
        [one(REPLICA, now('max', 'nodejs_eventloop_lag_p99_seconds', 'role,instance'))],
        0.2,
      ),
      panel('Memory', 'bytes', 'Resident. It levels off near CACHE_MAX_BYTES and 256 MiB.', [
        one(REPLICA, now('max', 'process_resident_memory_bytes', 'role,instance')),
      ]),
      panel('Garbage collection', 'percentunit', 'Share of the time that is spent on it.', [
        one(REPLICA, rate('nodejs_gc_duration_seconds_sum', 'role,instance')),
      ]),
      panel(
        'Decision of the scaling rules',
        's',
        'Age of the last one; absent while rules are off.',
        [one('age', 'max(lockstep_scaling_decision_age_seconds)')],
        60,
      ),
      panel('Gauges that are missing', 'ops', 'Reading their value failed or hung.', [
        one(REPLICA, rate('lockstep_metrics_collect_failures_total', 'role,instance')),
      ]),
      panel(
        'Spans of traces',
        'ops',
        'Failed: the collector did not take them. Dropped: too many were waiting.',
        [one('{{role}} {{outcome}}', rate('lockstep_trace_spans_total', 'role,outcome'))],
      ),
      panel('Open files and sockets', 'short', 'Every client holds one.', [
        one(REPLICA, now('max', 'process_open_fds', 'role,instance')),
      ]),
    ],
  },
  {
    name: 'coherence',
    title: 'coherence',
    panels: [
      panel(
        'Age of the lease',
        's',
        'Since the log was last read. Beyond CACHE_LEASE_MS values are served as stale.',
        [one(REPLICA, now('max', 'lockstep_cache_lease_age_seconds', 'role,instance'))],
        5,
      ),
      panel(
        'Behind the log',
        'short',
        'Positions that were seen and are not applied: holes of transactions under way.',
        [one(REPLICA, now('max', 'lockstep_cache_log_lag_positions', 'role,instance'))],
      ),
      panel(
        'Entries compared with SQL',
        'ops',
        'Anything but "same" is a defect: see CachedEntryDiffers.',
        [one('{{result}}', rate('lockstep_cache_verified_total', 'result'))],
      ),
      panel(
        'Copy behind the primary',
        's',
        'Only at a site that reads a copy.',
        [one(REPLICA, now('max', 'lockstep_cache_copy_lag_seconds', 'role,instance'))],
        60,
      ),
      panel(
        'Backplane',
        'bool',
        '1 while news arrives by Redis; without it changes are late by up to a second.',
        [one(REPLICA, now('min', 'lockstep_cache_backplane_connected', 'role,instance'))],
      ),
      panel(
        'Messages of the backplane',
        'ops',
        'Unknown ones come from another version and cost the whole cache.',
        [
          one('received {{role}}', rate('lockstep_cache_received_total', 'role')),
          one('unknown {{role}}', rate('lockstep_cache_unknown_messages_total', 'role')),
          one('ignored: {{reason}}', rate('lockstep_cache_ignored_messages_total', 'reason')),
          one('silences {{role}}', rate('lockstep_cache_backplane_silences_total', 'role')),
        ],
      ),
      panel('Reads by result', 'ops', 'Growing misses of one reader: see Memory of the cache.', [
        one('{{result}}', rate('lockstep_cache_reads', 'result')),
      ]),
      panel('Misses by reader', 'ops', 'What is loaded.', [
        one('{{reader}}', rate('lockstep_cache_loads', 'reader')),
      ]),
      panel('Loads under way', 'short', 'Waiting ones have no place among CACHE_MAX_LOADS.', [
        one('{{state}}', now('sum', 'lockstep_cache_loads_under_way', 'state')),
      ]),
      panel(
        'Memory of the cache',
        'bytes',
        'By reader; bounded by CACHE_MAX_BYTES in each replica.',
        [one('{{reader}}', now('sum', 'lockstep_cache_bytes', 'reader'))],
      ),
      panel('Removals', 'ops', 'Why entries go.', [
        one('{{reason}}', rate('lockstep_cache_removals', 'reason')),
      ]),
      panel(
        'Whole answers',
        'ops',
        'Overtaken ones were made again, or refused as 503 cache.answer-overtaken.',
        [one('{{outcome}}', rate('lockstep_cache_whole_answers', 'outcome'))],
      ),
      panel(
        'Everything dropped',
        'ops',
        'Cleared caches: the database is asked for all of it again.',
        [one(REPLICA, rate('lockstep_cache_clears', 'role,instance'))],
      ),
      panel(
        'Shared caches behind',
        's',
        'Of a CDN or Varnish that is purged.',
        [one('{{target}}', 'max by (target) (lockstep_cdn_purge_behind_seconds)')],
        30,
      ),
    ],
  },
  {
    name: 'jobs',
    title: 'jobs',
    panels: [
      panel(
        'Oldest job that is due',
        's',
        'By queue, as the replica says that looked last.',
        [one('{{queue}}', now('max', 'lockstep_jobs_oldest_due_seconds', 'queue'))],
        300,
      ),
      panel(
        'Jobs in SQL',
        'short',
        'Pending wait for Redis or for their time, dispatched for a worker.',
        [one('{{queue}} {{state}}', now('max', 'lockstep_jobs_outbox_depth', 'queue,state'))],
      ),
      panel('Finished', 'ops', 'Dead ones gave up: see JobDead.', [
        one('{{job_name}} {{state}}', rate('lockstep_jobs_finished_total', 'job_name,state')),
      ]),
      panel(
        'Retries and lost leases',
        'ops',
        'A lost lease: the worker was too slow to say that it lives.',
        [
          one('retry {{job_name}}', rate('lockstep_jobs_retries_total', 'job_name')),
          one('lease {{job_name}}', rate('lockstep_jobs_lease_lost_total', 'job_name')),
        ],
      ),
      panel('How long runs take (p95)', 's', 'By job.', [
        one('{{job_name}}', quantile(0.95, 'lockstep_jobs_run_seconds', 'job_name')),
      ]),
      panel('From commit to Redis', 's', 'Milliseconds while Redis is there.', [
        one('p50', quantile(0.5, 'lockstep_jobs_dispatch_latency_seconds', 'role')),
        one('p99', quantile(0.99, 'lockstep_jobs_dispatch_latency_seconds', 'role')),
      ]),
      panel('Rounds that failed', 'ops', 'Redis is away, or refuses.', [
        one('{{role}}', rate('lockstep_jobs_dispatch_failures_total', 'role')),
      ]),
      panel('Running', 'short', 'Up to JOBS_CONCURRENCY of each queue.', [
        one(REPLICA, now('sum', 'lockstep_jobs_running', 'role,instance')),
      ]),
      panel(
        'Without a worker',
        'short',
        'No living worker knows the queue: see JobsWithoutHandler.',
        [one('{{queue}}', now('max', 'lockstep_jobs_unhandled', 'queue'))],
      ),
      panel(
        'Deliveries that name no job, workers made anew',
        'ops',
        'Something else writes into the queues of Redis; a worker was silent.',
        [
          one('ignored {{queue}}', rate('lockstep_jobs_ignored_deliveries_total', 'queue')),
          one('rebuilt {{queue}}', rate('lockstep_jobs_workers_rebuilt_total', 'queue')),
        ],
      ),
    ],
  },
];
