import { stringify } from 'yaml';
import type { TrafficEndpoint, TrafficPlan, TrafficProfile } from './traffic-plan.js';

export interface GslbOptions {
  readonly namespace: string;
  /** The Ingress whose host is the name of the profile. */
  readonly ingress: string;
}

/**
 * A Gslb for each profile, the same in every cluster whose geo tag is an enabled site. k8gb looks at the readiness of
 * services in place of a probe, and orders no further than the primary.
 */
export function gslbObjects(plan: TrafficPlan, options: GslbOptions): object[] {
  return plan.profiles.map((profile) => ({
    apiVersion: 'k8gb.io/v1beta1',
    kind: 'Gslb',
    metadata: { name: profile.name, namespace: options.namespace },
    spec: {
      resourceRef: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        name: options.ingress,
      },
      strategy: { ...strategyOf(profile), dnsTtlSeconds: profile.ttlS },
    },
  }));
}

function strategyOf({ policy, endpoints }: TrafficProfile): object {
  switch (policy) {
    case 'performance':
      return { type: 'geoip' };
    case 'failover':
      return { type: 'failover', primaryGeoTag: endpoints[0]?.site };
    case 'round robin':
      return { type: 'roundRobin' };
    case 'weighted':
      return { type: 'roundRobin', weight: weightsOf(endpoints) };
  }
}

function weightsOf(endpoints: readonly TrafficEndpoint[]): Record<string, number> {
  return Object.fromEntries(endpoints.map(({ site, weight }) => [site, weight]));
}

export function gslbManifests(plan: TrafficPlan, options: GslbOptions): string {
  return gslbObjects(plan, options)
    .map((object, index) => {
      const sites = plan.profiles[index]?.endpoints.map(({ site }) => site).join(', ');
      return `# For the clusters with these geo tags, and no other: ${sites}\n${stringify(object)}`;
    })
    .join('---\n');
}
