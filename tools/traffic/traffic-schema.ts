import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { parseDuration } from '#libs/scaling';
import { parseNetwork } from './client-network.js';
import { TRAFFIC_POLICIES } from './traffic-plan.js';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const ZONE = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** What both DNS servers take: neither reads a quote, a space or a `$` in it, nor a colon without further rules. */
const PATH = /^\/[A-Za-z0-9/._-]{0,199}$/;
const MAX_PROFILES = 100;
const MAX_ENDPOINTS = 32;
const MAX_NETWORKS = 2_000;
const MAX_WEIGHT = 1_000;

/** Whole seconds within a range, written as `30s`, `5m`. */
function seconds(least: number, most: number) {
  return z
    .string()
    .refine((text) => {
      const ms = parseDuration(text) ?? 0;
      return ms % 1_000 === 0 && ms >= least * 1_000 && ms <= most * 1_000;
    }, `whole seconds from ${least}s to ${most}s, such as 30s or 5m`)
    .meta({ pattern: '^(\\d+(ms|s|m|h|d))+$' });
}

const label = z.string().regex(LABEL, 'a label of a DNS name in lower case');
const ipv4 = z.string().refine(isIPv4, 'an IPv4 address');

const probe = z
  .strictObject({
    port: z.int().min(1).max(65_535).default(80),
    path: z.string().regex(PATH, 'a path such as /health/site').default('/health/site'),
    // What gdnsd takes.
    interval: seconds(2, 255).default('30s'),
    timeout: seconds(1, 254).default('10s'),
    failures: z.int().min(1).max(100).default(3),
  })
  .refine(
    ({ interval, timeout }) => (parseDuration(timeout) ?? 0) < (parseDuration(interval) ?? 0),
    'the timeout has to be shorter than the interval',
  );

const endpoint = z.strictObject({
  site: label,
  address: ipv4,
  priority: z.int().min(0).max(1_000).default(0).describe('The lowest is preferred.'),
  weight: z.int().min(1).max(MAX_WEIGHT).default(1),
  enabled: z.boolean().default(true).describe('False takes the site out for maintenance.'),
});

const network = z.strictObject({
  network: z
    .string()
    .refine(
      (text) => parseNetwork(text) !== undefined,
      'a network such as 203.0.113.0/24, without bits behind its prefix',
    ),
  sites: z.array(label).min(1).max(MAX_ENDPOINTS).describe('From nearest to farthest.'),
});

const profile = z.strictObject({
  name: label,
  policy: z.enum(TRAFFIC_POLICIES),
  // gdnsd answers no less than five seconds, and a longer one than five minutes only lengthens a failure.
  ttl: seconds(5, 3_600).default('300s'),
  probe: probe.prefault({}),
  endpoints: z.array(endpoint).min(1).max(MAX_ENDPOINTS),
  networks: z.array(network).max(MAX_NETWORKS).default([]),
});

/** The form of docs/examples/traffic.yaml. */
export const trafficSchema = z.strictObject({
  zone: z.string().max(200).regex(ZONE, 'a zone such as shop.example, in lower case'),
  nameServers: z
    .array(z.strictObject({ name: label, address: ipv4 }))
    .min(1)
    .max(13),
  profiles: z.array(profile).min(1).max(MAX_PROFILES),
});

export type TrafficDocument = z.infer<typeof trafficSchema>;
export type ProfileDocument = TrafficDocument['profiles'][number];
