import { defineMetrics } from '#libs/observability';

export const searchMetrics = defineMetrics({
  products: {
    type: 'gauge',
    name: 'lockstep_search_index_products',
    help: 'Published products in the index, by store.',
    labels: ['store'],
  },
  bytes: {
    type: 'gauge',
    name: 'lockstep_search_index_bytes',
    help: 'Bytes that the arrays of the index take, by store.',
    labels: ['store'],
  },
  maxBytes: {
    type: 'gauge',
    name: 'lockstep_search_index_max_bytes',
    help: 'What the indexes of all stores may take together (SEARCH_INDEX_MAX_BYTES).',
  },
  segments: {
    type: 'gauge',
    name: 'lockstep_search_index_segments',
    help: 'Segments of the index, by store; small ones are merged.',
    labels: ['store'],
  },
  marked: {
    type: 'gauge',
    name: 'lockstep_search_marked_products',
    help: 'Products that have changed and are not in the index yet, by store.',
    labels: ['store'],
  },
  behindSeconds: {
    type: 'gauge',
    name: 'lockstep_search_behind_seconds',
    help: 'How long something has been known that is not in the index, by store; searches wait for it.',
    labels: ['store'],
  },
  loadSeconds: {
    type: 'gauge',
    name: 'lockstep_search_load_seconds',
    help: 'Duration of the last load of the whole store, by store; absent before the first.',
    labels: ['store'],
  },
});
