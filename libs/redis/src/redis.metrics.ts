import { defineMetrics } from '#libs/observability';

export const redisMetrics = defineMetrics({
  connected: {
    type: 'gauge',
    name: 'lockstep_redis_connected',
    help: '1 while the connection of this purpose answers, else 0.',
    labels: ['purpose'],
  },
  outages: {
    type: 'counter',
    name: 'lockstep_redis_outages_total',
    help: 'Times a connection stopped answering.',
    labels: ['purpose'],
  },
});
