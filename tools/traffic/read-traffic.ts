import { breachText, parseDuration, readDocument } from '#libs/scaling';
import { UsageError } from '../usage-error.js';
import { parseNetwork } from './client-network.js';
import type {
  NetworkPreference,
  TrafficEndpoint,
  TrafficPlan,
  TrafficProfile,
} from './traffic-plan.js';
import { trafficSchema, type ProfileDocument, type TrafficDocument } from './traffic-schema.js';

const MAX_ERRORS = 20;

/** Reads a traffic plan, in YAML or JSON. Throws `UsageError` with everything that is wrong (up to twenty), each with its place. */
export function readTraffic(text: string): TrafficPlan {
  const read = readDocument(text, trafficSchema);
  if (!read.isValid) throw invalid(read.breaches.map(breachText));
  const breaches = breachesOf(read.value);
  if (breaches.length > 0) throw invalid(breaches);
  const { zone, nameServers, profiles } = read.value;
  return { zone, nameServers, profiles: profiles.map(profileOf) };
}

function breachesOf({ nameServers, profiles }: TrafficDocument): string[] {
  const names = [...nameServers, ...profiles].map(({ name }) => name);
  return [
    ...repeated(names).map((name) => `the name ${name} is given twice`),
    ...profiles.flatMap((profile) =>
      profileBreaches(profile).map((breach) => `profile ${profile.name}: ${breach}`),
    ),
  ];
}

function profileBreaches({ policy, endpoints, networks }: ProfileDocument): string[] {
  const sites = endpoints.map(({ site }) => site);
  const addresses = endpoints.map(({ address }) => address);
  const isPerformance = policy === 'performance';
  const found = [
    ...repeated(sites).map((site) => `the site ${site} is given twice`),
    ...repeated(addresses).map((address) => `the address ${address} is given twice`),
    ...repeated(networks.map(({ network }) => network)).map((text) => `${text} is given twice`),
  ];
  if (!endpoints.some(({ enabled }) => enabled)) found.push('no endpoint is enabled');
  if (isPerformance && networks.length === 0) {
    found.push('performance needs networks, which say what is near to whom');
  }
  if (!isPerformance && networks.length > 0) found.push(`${policy} takes no networks`);
  for (const { network, sites: order } of networks) {
    const unknown = order.filter((site) => !sites.includes(site));
    found.push(
      ...unknown.map((site) => `${network} names the site ${site}, which has no endpoint`),
    );
    found.push(...repeated(order).map((site) => `${network} names the site ${site} twice`));
  }
  return found;
}

function profileOf(document: ProfileDocument): TrafficProfile {
  const { name, policy, ttl, probe } = document;
  const endpoints = document.endpoints
    .filter(({ enabled }) => enabled)
    .toSorted((one, other) => one.priority - other.priority)
    .map(({ site, address, weight }) => ({ site, address, weight }));
  const networks = document.networks
    .flatMap(({ network: text, sites }): NetworkPreference[] => {
      const network = parseNetwork(text);
      return network === undefined ? [] : [{ network, endpoints: nearestFirst(endpoints, sites) }];
    })
    .toSorted((one, other) => other.network.prefixLength - one.network.prefixLength);
  return {
    name,
    policy,
    ttlS: secondsOf(ttl),
    probe: {
      port: probe.port,
      path: probe.path,
      intervalS: secondsOf(probe.interval),
      timeoutS: secondsOf(probe.timeout),
      failures: probe.failures,
    },
    endpoints,
    networks,
  };
}

/** Those that a network does not name come after those it does, by priority. */
function nearestFirst(endpoints: readonly TrafficEndpoint[], sites: readonly string[]) {
  const rank = ({ site }: TrafficEndpoint) =>
    sites.includes(site) ? sites.indexOf(site) : Infinity;
  const named = endpoints.filter((endpoint) => rank(endpoint) !== Infinity);
  const others = endpoints.filter((endpoint) => rank(endpoint) === Infinity);
  return [...named.toSorted((one, other) => rank(one) - rank(other)), ...others];
}

function secondsOf(duration: string): number {
  return (parseDuration(duration) ?? 0) / 1_000;
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}

function invalid(breaches: readonly string[]): UsageError {
  const further = breaches.length - MAX_ERRORS;
  const lines = breaches.slice(0, MAX_ERRORS).map((breach) => `  ${breach}`);
  if (further > 0) lines.push(`  and ${further} more`);
  return new UsageError(['the traffic plan cannot be used:', ...lines].join('\n'));
}
