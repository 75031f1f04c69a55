import { defineMetrics, LATENCY_BUCKETS_S } from '#libs/observability';

export const databaseMetrics = defineMetrics({
  statementSeconds: {
    type: 'histogram',
    name: 'lockstep_sql_statement_seconds',
    help: 'Time that the database took for a statement, without the wait for a thread or a connection.',
    labels: ['kind'],
    buckets: LATENCY_BUCKETS_S,
  },
  slowStatements: {
    type: 'counter',
    name: 'lockstep_sql_slow_statements_total',
    help: 'Statements that took DATABASE_SLOW_MS or longer.',
    labels: ['kind'],
  },
});
