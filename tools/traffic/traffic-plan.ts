import type { ClientNetwork } from './client-network.js';

export const TRAFFIC_POLICIES = ['performance', 'failover', 'round robin', 'weighted'] as const;
export type TrafficPolicy = (typeof TRAFFIC_POLICIES)[number];

/** A site under one of the names that shoppers ask for. */
export interface TrafficEndpoint {
  readonly site: string;
  /** IPv4. */
  readonly address: string;
  readonly weight: number;
}

/** How it is found out whether a site can serve. */
export interface TrafficProbe {
  readonly port: number;
  readonly path: string;
  readonly intervalS: number;
  readonly timeoutS: number;
  /** In succession, which take a site out; one success brings it back. */
  readonly failures: number;
}

/** One name and how its answer is chosen. */
export interface TrafficProfile {
  /** Relative to the zone. */
  readonly name: string;
  readonly policy: TrafficPolicy;
  readonly ttlS: number;
  readonly probe: TrafficProbe;
  /** Those that operators have enabled, the most preferred first; at least one. */
  readonly endpoints: readonly TrafficEndpoint[];
  /** Client networks, the narrowest first, each with every enabled site from nearest to farthest. */
  readonly networks: readonly NetworkPreference[];
}

export interface NetworkPreference {
  readonly network: ClientNetwork;
  readonly endpoints: readonly TrafficEndpoint[];
}

/** What decides which site a shopper comes to, whichever DNS server answers. */
export interface TrafficPlan {
  readonly zone: string;
  readonly nameServers: readonly { readonly name: string; readonly address: string }[];
  readonly profiles: readonly TrafficProfile[];
}

/**
 * The longest time, in seconds, for which a client may go on to a site that has died: the failures that take it out,
 * the first of them a whole interval after the death and the last as late as a probe may be, and an answer given just before.
 */
export function worstCaseS({ probe, ttlS }: TrafficProfile): number {
  return probe.failures * probe.intervalS + probe.timeoutS + ttlS;
}
