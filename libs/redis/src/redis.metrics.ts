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

/** Of the server, which all replicas of a site share; of a cluster, of each node. */
export const redisServerMetrics = defineMetrics({
  evictedKeys: {
    type: 'gauge',
    name: 'lockstep_redis_evicted_keys',
    help: 'Keys that Redis has thrown away since it was started because its memory was full; with the policy noeviction 0.',
    labels: ['node'],
  },
  usedBytes: {
    type: 'gauge',
    name: 'lockstep_redis_used_bytes',
    help: 'Memory that Redis uses for data, connections and scripts (used_memory).',
    labels: ['node'],
  },
  maxBytes: {
    type: 'gauge',
    name: 'lockstep_redis_max_bytes',
    help: 'Memory that Redis may use (maxmemory); 0 is no limit.',
    labels: ['node'],
  },
});
