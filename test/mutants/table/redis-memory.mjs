const gauges = 'libs/redis/src/redis-server-gauges.ts';
const suites = ['libs/redis/src/redis-server-gauges.int-spec.ts'];
const sizing = ['test/container/redis-sizing.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'redis memory: evictions are not told',
    promise: 'redisServerMetrics.evictedKeys',
    file: gauges,
    replace: [["evictedKeys: 'evicted_keys'", "evictedKeys: 'expired_keys'"]],
    suites,
  },
  {
    name: 'redis memory: what was true before an outage is told as true',
    promise: 'registerServerGauges: while it does not answer, the series are not there',
    file: gauges,
    replace: [['        gauges[name].reset();\n', '']],
    suites,
  },
  {
    name: 'redis memory: the guide forgets what an order takes',
    promise: 'docs/operations.md, Sizing Redis: within a quarter',
    file: 'docs/operations.md',
    replace: [['1,150 + 315 × orders', '1,150 + 160 × orders']],
    suites: sizing,
  },
  {
    name: 'redis memory: jobs that are over are not kept for an hour',
    promise: 'docs/operations.md, Sizing Redis: finished job',
    file: 'libs/jobs/src/worker/queue-worker.ts',
    replace: [
      [
        'const KEEP_COMPLETED = { age: 3_600, count: 1_000 };',
        'const KEEP_COMPLETED = { age: 3_600, count: 10 };',
      ],
    ],
    suites: sizing,
  },
];
