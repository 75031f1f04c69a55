import { LATENCY_BUCKETS_S, defineMetrics } from '#libs/observability';

export const httpMetrics = defineMetrics({
  requests: {
    type: 'counter',
    name: 'lockstep_http_requests_total',
    help: 'Answered requests by route template.',
    labels: ['method', 'route', 'status'],
  },
  duration: {
    type: 'histogram',
    name: 'lockstep_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer; without those answered from memory ahead of the router, which take microseconds.',
    labels: ['method', 'route'],
    buckets: LATENCY_BUCKETS_S,
  },
  inFlight: {
    type: 'gauge',
    name: 'lockstep_http_requests_in_flight',
    help: 'Requests that are not answered yet.',
  },
});
