import { isSelfPermission } from './self-permissions.js';

/** Everything: who holds it is an administrator. */
export const ALL_PERMISSIONS = '*';

/**
 * What a role, a user or an API key may do: names and wildcards. A wildcard stands only at the end,
 * for whole segments: `*`, `catalog:*`, `catalog:product:*`.
 */
export type PermissionSet = readonly string[];

export const WILDCARD = /^(?:[a-z][a-z0-9-]*:){0,2}\*$/;

/** True when `held` allows everything that `pattern` allows. */
export function covers(held: string, pattern: string): boolean {
  return held === pattern || (held.endsWith('*') && pattern.startsWith(held.slice(0, -1)));
}

/** True when the set allows what a route asks for. */
export function permits(set: PermissionSet, name: string): boolean {
  return isSelfPermission(name) || set.some((held) => covers(held, name));
}

/** What of `patterns` goes beyond `set`; empty when the set covers all of them. */
export function beyond(set: PermissionSet, patterns: PermissionSet): PermissionSet {
  return patterns.filter((pattern) => !set.some((held) => covers(held, pattern)));
}

/** What both sets allow. */
export function intersection(one: PermissionSet, other: PermissionSet): PermissionSet {
  return normalised([
    ...one.filter((pattern) => other.some((held) => covers(held, pattern))),
    ...other.filter((pattern) => one.some((held) => covers(held, pattern))),
  ]);
}

/** Sorted, without duplicates and without what another entry covers already. */
export function normalised(set: PermissionSet): PermissionSet {
  const unique = [...new Set(set)].sort();
  return unique.filter(
    (pattern) => !unique.some((held) => held !== pattern && covers(held, pattern)),
  );
}
