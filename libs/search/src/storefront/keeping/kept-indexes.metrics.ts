import { defineMetrics } from '#libs/observability';

export const keptIndexesMetrics = defineMetrics({
  reads: {
    type: 'counter',
    name: 'lockstep_search_file_reads_total',
    help: 'Indexes that were looked for in SEARCH_INDEX_FOLDER at the start, by outcome: used, absent, refused.',
    labels: ['outcome'],
  },
  writes: {
    type: 'counter',
    name: 'lockstep_search_file_writes_total',
    help: 'Indexes that were written to SEARCH_INDEX_FOLDER, by outcome: kept, failed.',
    labels: ['outcome'],
  },
});
