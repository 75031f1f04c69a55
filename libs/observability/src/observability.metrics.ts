import { defineMetrics } from './metric-definitions.js';

export const observabilityMetrics = defineMetrics({
  replicaInfo: {
    type: 'gauge',
    name: 'lockstep_replica_info',
    help: 'Always 1; the labels say which replica this is.',
    labels: ['role', 'replica', 'node'],
  },
  collectFailures: {
    type: 'counter',
    name: 'lockstep_metrics_collect_failures_total',
    help: 'Gauges that were left out of an answer because reading their value failed or hung.',
  },
  traceSpans: {
    type: 'counter',
    name: 'lockstep_trace_spans_total',
    help: 'Spans of traces: sent to the collector, not taken by it (failed), or dropped because too many were waiting.',
    labels: ['outcome'],
  },
});
