import { defineMetrics } from '#libs/observability';

export const sharedCacheMetrics = defineMetrics({
  operations: {
    type: 'counter',
    name: 'lockstep_shared_cache_operations_total',
    help: 'Operations on the shared cache by region, operation and result; unavailable: Redis was away or refused, unfit: another release wrote it.',
    labels: ['region', 'operation', 'result'],
  },
  failures: {
    type: 'counter',
    name: 'lockstep_shared_cache_failures_total',
    help: 'Why operations were unavailable: silent (no answer in time), open (not asked because of that), refused (Redis answered with an error), unreadable.',
    labels: ['reason'],
  },
  circuitOpen: {
    type: 'gauge',
    name: 'lockstep_shared_cache_circuit_open',
    help: '1 while the shared cache is not asked because Redis does not answer, else 0.',
  },
});
