import { defineMetrics } from '#libs/observability';

export const mergingMetrics = defineMetrics({
  merges: {
    type: 'counter',
    name: 'lockstep_search_merges_total',
    help: 'Merges of segments of the index, by where they were done (steps: small ones, between requests; thread; fallback: in steps, since the thread has failed).',
    labels: ['place'],
  },
});
