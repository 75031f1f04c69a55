import { stringify } from 'yaml';
import type { ScalingRules } from '#libs/scaling';
import { guardRanges, type GuardRange } from './guard-range.js';

export interface ManifestOptions {
  /** Of the fleet: its Deployments are called `<name>-<role>`. */
  readonly name: string;
  /** Where Prometheus answers. */
  readonly prometheusUrl: string;
  readonly namespace: string;
}

const EVALUATION_S = 15;

/** Every authoring replica publishes the same number. */
const query = (role: string) => `max(lockstep_desired_replicas{role="${role}"})`;

/**
 * A ScaledObject of KEDA for each role: the autoscaler of Kubernetes follows the wanted number and never leaves
 * what the constraints allow. While the number cannot be read, the replicas there are stay.
 */
export function kedaObjects(rules: ScalingRules, options: ManifestOptions): object[] {
  return guardRanges(rules).map(({ role, min, max }) => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: `${options.name}-${role}`, namespace: options.namespace },
    spec: {
      scaleTargetRef: { name: `${options.name}-${role}` },
      minReplicaCount: min,
      maxReplicaCount: max,
      pollingInterval: EVALUATION_S,
      // Three evaluations without an answer: no fewer than there are, whatever happened to Prometheus.
      fallback: { failureThreshold: 3, replicas: min, behavior: 'currentReplicasIfHigher' },
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: {
            // The rules have waited already.
            scaleUp: { stabilizationWindowSeconds: 0 },
            scaleDown: { stabilizationWindowSeconds: 0 },
          },
        },
      },
      triggers: [
        {
          type: 'prometheus',
          metricType: 'AverageValue',
          metadata: {
            serverAddress: options.prometheusUrl,
            query: query(role),
            threshold: '1',
            // An absent number is a failure, for the fallback to act on, and not a zero.
            ignoreNullValues: 'false',
          },
        },
      ],
    },
  }));
}

export function kedaManifests(rules: ScalingRules, options: ManifestOptions): string {
  return kedaObjects(rules, options)
    .map((object) => stringify(object))
    .join('---\n');
}

/** A scaling block for the group of each role in a Nomad job; the autoscaler passes the wanted number through. */
export function nomadBlocks(rules: ScalingRules): string {
  return guardRanges(rules).map(nomadBlock).join('\n');
}

function nomadBlock({ role, min, max }: GuardRange): string {
  return `# In group "${role}":
scaling {
  enabled = true
  min     = ${min}
  max     = ${max}

  policy {
    # The rules have waited already.
    cooldown            = "${EVALUATION_S}s"
    evaluation_interval = "${EVALUATION_S}s"

    check "rules" {
      source = "prometheus"
      query  = ${JSON.stringify(query(role))}

      strategy "pass-through" {}
    }
  }
}
`;
}
