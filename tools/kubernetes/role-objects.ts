import { podTemplate, PORT } from './pod-template.js';
import type { FleetPlan, RoleName } from './fleet-plan.js';

/** What Kubernetes waits beyond the replica's own bound before it kills. */
const KILL_MARGIN_S = 10;
/** Of the Service: requests, and the same replica for what is a websocket or becomes one. */
export const HTTP_PORT = 80;
export const PUSH_PORT = 8080;

export const nameOf = (plan: FleetPlan, part: string) => `${plan.name}-${part}`;

export function labelsOf(plan: FleetPlan, component: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'lockstep',
    'app.kubernetes.io/instance': plan.name,
    'app.kubernetes.io/component': component,
  };
}

export function metadataOf(plan: FleetPlan, component: string, name = nameOf(plan, component)) {
  return { name, namespace: plan.namespace, labels: labelsOf(plan, component) };
}

/** Replicas of a role, one more at a time while they are replaced, and never one fewer. */
export function deployment(plan: FleetPlan, name: RoleName): object {
  const role = plan.roles[name];
  const labels = labelsOf(plan, name);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(plan, name),
    spec: {
      // Where an autoscaler decides, a number here would set it back with every release.
      ...(plan.scaling.by === 'hand' ? { replicas: plan.scaling[name] } : {}),
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      // One that falls over as soon as it is used stops the roll.
      minReadySeconds: 5,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: podTemplate(plan, role, {
        labels,
        annotations: {
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': String(PORT),
          'prometheus.io/path': '/metrics',
        },
        container: {
          // Arguments, not the command: that is tini, which forwards the signal.
          args: ['node', `dist/replicas/${name}.js`],
          ports: [{ name: 'http', containerPort: PORT }],
          ...probes(),
        },
        spec: {
          terminationGracePeriodSeconds: Math.ceil(role.shutdownTimeoutMs / 1_000) + KILL_MARGIN_S,
          topologySpreadConstraints: spreading(labels),
        },
      }),
    },
  };
}

/**
 * `live` is the event loop and nothing else, so only a replica that is stuck is ended: never one that waits for its database or
 * for the schema of its copy. `ready` is the replica's own judgement, which outlasts a short absence of the database
 * (CACHE_MAX_STALE_MS); it is asked often because requests come until it says no, and patiently because one that is slow needs
 * less to do and not to be taken out.
 */
function probes(): object {
  const live = { httpGet: { path: '/health/live', port: 'http' }, timeoutSeconds: 3 };
  return {
    startupProbe: { ...live, periodSeconds: 2, failureThreshold: 90 },
    livenessProbe: { ...live, periodSeconds: 10, failureThreshold: 3 },
    readinessProbe: {
      httpGet: { path: '/health/ready', port: 'http' },
      timeoutSeconds: 3,
      periodSeconds: 2,
      failureThreshold: 3,
    },
  };
}

/** Over zones and machines, as far as there are any with room. */
function spreading(labels: Record<string, string>): object[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
  }));
}

/** Both ports lead to the same replicas; the second says what it carries, for gateways that want to be told. */
export function service(plan: FleetPlan, name: RoleName): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(plan, name),
    spec: {
      type: 'ClusterIP',
      selector: labelsOf(plan, name),
      ports: [
        { name: 'http', port: HTTP_PORT, targetPort: 'http', appProtocol: 'http' },
        { name: 'push', port: PUSH_PORT, targetPort: 'http', appProtocol: 'kubernetes.io/ws' },
      ],
    },
  };
}

/** Machines are emptied one replica of a role at a time; one that is not ready holds no machine up. */
export function disruptionBudget(plan: FleetPlan, name: RoleName): object {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(plan, name),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: labelsOf(plan, name) },
    },
  };
}
