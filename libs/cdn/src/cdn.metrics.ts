import { defineMetrics } from '#libs/observability';

export const cdnMetrics = defineMetrics({
  purgeSeconds: {
    type: 'histogram',
    name: 'lockstep_cdn_purge_seconds',
    help: 'Time from the commit of a change, by the clock of its writer, until the shared cache confirmed the purge of it.',
    labels: ['target'],
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300],
  },
  purges: {
    type: 'counter',
    name: 'lockstep_cdn_purges_total',
    help: 'Purges, by what was purged (tags, everything) and what came of it (done, failed).',
    labels: ['target', 'scope', 'outcome'],
  },
  behindSeconds: {
    type: 'gauge',
    name: 'lockstep_cdn_purge_behind_seconds',
    help: 'Everything that committed longer ago was purged; told by the replica that purges.',
    labels: ['target'],
  },
});
