import { kedaObjects } from '../scaling/platform-manifests.js';
import { metadataOf, nameOf } from './role-objects.js';
import { ROLES, type FleetPlan } from './fleet-plan.js';

/** One autoscaler for each role or none: two that decide about one Deployment work against each other. */
export function autoscalers(plan: FleetPlan): object[] {
  const { scaling, name, namespace } = plan;
  switch (scaling.by) {
    case 'hand':
      return [];
    case 'cpu':
      return ROLES.map((role) => ({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: metadataOf(plan, role),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf(plan, role) },
          minReplicas: scaling[role].min,
          maxReplicas: scaling[role].max,
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: scaling.percent },
              },
            },
          ],
        },
      }));
    case 'rules':
      return kedaObjects(scaling.rules, { name, namespace, prometheusUrl: scaling.prometheusUrl });
  }
}
