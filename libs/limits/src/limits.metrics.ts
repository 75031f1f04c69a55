import { defineMetrics } from '#libs/observability';

export const limitsMetrics = defineMetrics({
  refused: {
    type: 'counter',
    name: 'lockstep_limits_refused_total',
    help: 'Requests that were refused because their client had asked for too much, by kind of request.',
    labels: ['limit'],
  },
  reports: {
    type: 'counter',
    name: 'lockstep_limits_reports_total',
    help: 'Reports to the other replicas of what clients have asked for: told, or lost because Redis gave no answer.',
    labels: ['outcome'],
  },
  clients: {
    type: 'gauge',
    name: 'lockstep_limits_clients',
    help: 'Clients that this replica keeps a count of, once for each kind of request.',
  },
});
