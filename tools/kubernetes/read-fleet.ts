import { guardRanges } from '../scaling/guard-range.js';
import { breachText, readDocument, readRules, type ScalingRules } from '#libs/scaling';
import { UsageError } from '../usage-error.js';
import { ROLES, type FleetPlan, type ScalingPlan } from './fleet-plan.js';
import { fleetSchema, type FleetDocument } from './fleet-schema.js';
import { planRole } from './plan-role.js';

const MAX_ERRORS = 20;

/**
 * Reads the description of a fleet, in YAML or JSON; `readFile` reads the rules it may name. Throws `UsageError` with everything
 * that is wrong (up to twenty), each with its place.
 */
export function readFleet(text: string, readFile: (path: string) => string): FleetPlan {
  const read = readDocument(text, fleetSchema);
  if (!read.isValid) throw invalid(read.breaches.map(breachText));
  const document = read.value;
  const breaches: string[] = [];
  const [commerce, authoring] = ROLES.map((role) => planRole(document, role, breaches));
  const scaling = planScaling(document, readFile, breaches);
  checkGateway(document, breaches);
  if (commerce === undefined || authoring === undefined || breaches.length > 0) {
    // A key of both roles is wrong once.
    throw invalid([...new Set(breaches)]);
  }
  const { name, namespace, image, gateway, demo } = document;
  return { name, namespace, image, roles: { commerce, authoring }, scaling, gateway, demo };
}

function planScaling(
  { scaling }: FleetDocument,
  readFile: (path: string) => string,
  breaches: string[],
): ScalingPlan {
  if (scaling.by !== 'rules') return scaling;
  const rules = readRules(readFile(scaling.rules));
  checkRules(rules, breaches);
  return { by: 'rules', rules, prometheusUrl: scaling.prometheus };
}

/** A role that no rule bounds would have one replica, and nobody who gives it more. */
function checkRules(rules: ScalingRules, breaches: string[]): void {
  const bounded = guardRanges(rules).map(({ role }) => role);
  for (const role of ROLES) {
    if (!bounded.includes(role)) breaches.push(`scaling: the rules say nothing of ${role}`);
  }
}

function checkGateway({ gateway, settings }: FleetDocument, breaches: string[]): void {
  if (gateway === undefined) return;
  if (settings['TRUSTED_PROXIES'] === undefined) {
    breaches.push(
      'gateway: name the addresses it sends from in TRUSTED_PROXIES of settings, or all shoppers are one client and soon refused',
    );
  }
  for (const host of gateway.commerce.filter((name) => gateway.authoring.includes(name))) {
    breaches.push(`gateway: ${host} cannot lead to both roles`);
  }
}

function invalid(breaches: readonly string[]): UsageError {
  const further = breaches.length - MAX_ERRORS;
  const lines = breaches.slice(0, MAX_ERRORS).map((breach) => `  ${breach}`);
  if (further > 0) lines.push(`  and ${further} more`);
  return new UsageError(['the description of the fleet cannot be used:', ...lines].join('\n'));
}
