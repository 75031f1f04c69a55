import { defineMetrics } from '#libs/observability';

export const cacheMetrics = defineMetrics({
  reads: {
    type: 'gauge',
    name: 'lockstep_cache_reads',
    help: 'Reads since start by reader and result: hit, miss, stale.',
    labels: ['reader', 'result'],
  },
  loads: {
    type: 'gauge',
    name: 'lockstep_cache_loads',
    help: 'Loads since start by reader and outcome: stored, overtaken, failed.',
    labels: ['reader', 'outcome'],
  },
  loadsUnderWay: {
    type: 'gauge',
    name: 'lockstep_cache_loads_under_way',
    help: 'Loads at the moment: running, or waiting for their turn (see CACHE_MAX_LOADS).',
    labels: ['state'],
  },
  refreshes: {
    type: 'gauge',
    name: 'lockstep_cache_refreshes',
    help: 'Loads since start that began in the background, ahead of the expiry, by reader: chosen by a read, or by an order to refresh.',
    labels: ['reader'],
  },
  loadSeconds: {
    type: 'gauge',
    name: 'lockstep_cache_load_seconds',
    help: 'Time spent loading since start, by reader.',
    labels: ['reader'],
  },
  removals: {
    type: 'gauge',
    name: 'lockstep_cache_removals',
    help: 'Entries removed since start by reader and reason: evicted, invalidated.',
    labels: ['reader', 'reason'],
  },
  entries: {
    type: 'gauge',
    name: 'lockstep_cache_entries',
    help: 'Entries held by reader and kind: value, absence (known not to exist).',
    labels: ['reader', 'kind'],
  },
  bytes: {
    type: 'gauge',
    name: 'lockstep_cache_bytes',
    help: 'Estimated bytes held, by reader.',
    labels: ['reader'],
  },
  records: {
    type: 'gauge',
    name: 'lockstep_cache_records',
    help: 'Records held beside the cached values (see CACHE_RECORDS_MAX_BYTES), by kind; and what is still to be read.',
    labels: ['records', 'state'],
  },
  recordBytes: {
    type: 'gauge',
    name: 'lockstep_cache_record_bytes',
    help: 'Bytes of the records held, by kind.',
    labels: ['records'],
  },
  recordFinds: {
    type: 'gauge',
    name: 'lockstep_cache_record_finds',
    help: 'Records since start that a load found in memory, by kind.',
    labels: ['records'],
  },
  recordsLeftOut: {
    type: 'gauge',
    name: 'lockstep_cache_records_left_out',
    help: 'Records since start that were read and not held because CACHE_RECORDS_MAX_BYTES was used up, by kind.',
    labels: ['records'],
  },
  position: {
    type: 'gauge',
    name: 'lockstep_cache_log_position',
    help: 'Everything up to this position of the invalidation log is applied here.',
  },
  logLag: {
    type: 'gauge',
    name: 'lockstep_cache_log_lag_positions',
    help: 'Positions the last follow saw beyond the contiguous watermark.',
  },
  copyLagPositions: {
    type: 'gauge',
    name: 'lockstep_cache_copy_lag_positions',
    help: 'Positions known to be committed that the copy of the database read here lacks; 0 without a copy.',
  },
  copyLagSeconds: {
    type: 'gauge',
    name: 'lockstep_cache_copy_lag_seconds',
    help: 'How long the first of them has been known here.',
  },
  leaseAgeSeconds: {
    type: 'gauge',
    name: 'lockstep_cache_lease_age_seconds',
    help: 'Time since the last successful follow of the log was sent.',
  },
  follows: {
    type: 'gauge',
    name: 'lockstep_cache_follows',
    help: 'Follows of the invalidation log since start.',
  },
  clears: {
    type: 'gauge',
    name: 'lockstep_cache_clears',
    help: 'Times everything was dropped since start.',
  },
  wholeAnswers: {
    type: 'gauge',
    name: 'lockstep_cache_whole_answers',
    help: 'Answers of one state since start, by what they cost: confirmed (followed the log because something was loaded), repeated (a change came between their parts), refused (503).',
    labels: ['outcome'],
  },
  backplaneConnected: {
    type: 'gauge',
    name: 'lockstep_cache_backplane_connected',
    help: '1 while messages of the fast path are heard, else 0.',
  },
  backplaneSilences: {
    type: 'counter',
    name: 'lockstep_cache_backplane_silences_total',
    help: 'Times the subscription was connected and yet silent.',
  },
  published: {
    type: 'gauge',
    name: 'lockstep_cache_published',
    help: 'Fast path since start: messages and invalidations sent, failures, invalidations left to the log.',
    labels: ['what'],
  },
  received: {
    type: 'counter',
    name: 'lockstep_cache_received_total',
    help: 'Messages of other replicas that arrived on the fast path.',
  },
  unknownMessages: {
    type: 'counter',
    name: 'lockstep_cache_unknown_messages_total',
    help: 'Messages of another wire version; each clears the cache of this replica.',
  },
  ignoredMessages: {
    type: 'counter',
    name: 'lockstep_cache_ignored_messages_total',
    help: 'Texts on the invalidation channel without the seal of this installation, by reason: foreign (another installation), forged, malformed.',
    labels: ['reason'],
  },
});
