import { defineMetrics } from '#libs/observability';

export const scalingMetrics = defineMetrics({
  desiredReplicas: {
    type: 'gauge',
    name: 'lockstep_desired_replicas',
    help: 'Replicas that a role should have by the scaling rules, while they act; absent while they only advise or are off.',
    labels: ['role'],
  },
  decisionAge: {
    type: 'gauge',
    name: 'lockstep_scaling_decision_age_seconds',
    help: 'Time since the scaling rules were last evaluated, by any replica; absent before the first time.',
  },
});
