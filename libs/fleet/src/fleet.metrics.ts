import { defineMetrics } from '#libs/observability';

export const fleetMetrics = defineMetrics({
  verified: {
    type: 'counter',
    name: 'lockstep_cache_verified_total',
    help: 'Held entries that were compared with the database, by reader and result: same, different, overtaken (changed meanwhile), failed.',
    labels: ['reader', 'result'],
  },
  unreadableReplicas: {
    type: 'gauge',
    name: 'lockstep_fleet_unreadable_replicas',
    help: 'Replicas left out when the list of the fleet was last asked for here, because their status could not be read.',
  },
  warmStartSeconds: {
    type: 'gauge',
    name: 'lockstep_cache_warm_start_seconds',
    help: 'How long the replica loaded what the fleet uses most before it took traffic.',
  },
  warmStartKeys: {
    type: 'gauge',
    name: 'lockstep_cache_warm_start_keys',
    help: 'Keys of the warm start by outcome: loaded, failed, skipped (of another release, or no time left).',
    labels: ['outcome'],
  },
});
