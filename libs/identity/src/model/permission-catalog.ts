import { identityErrors } from './identity.errors.js';
import { covers, normalised, permits, WILDCARD, type PermissionSet } from './permission-set.js';
import { SELF_PERMISSIONS } from './self-permissions.js';

/**
 * Every permission of the back office, as the slices declare them. Routes ask for exactly one; roles
 * and API keys hold names or wildcards.
 */
export class PermissionCatalog {
  private readonly names: readonly string[];

  constructor(private readonly descriptions: Readonly<Record<string, string>>) {
    this.names = Object.keys(descriptions);
  }

  /** What a role or an API key may hold by name. */
  list(): { readonly name: string; readonly description: string }[] {
    return Object.entries(this.descriptions).map(([name, description]) => ({ name, description }));
  }

  /** Whether a route may ask for it. */
  isKnown(name: string): boolean {
    return Object.hasOwn(this.descriptions, name) || Object.hasOwn(SELF_PERMISSIONS, name);
  }

  /** True for a known name, or a wildcard at the end that covers at least one known name. */
  isGrantable(pattern: string): boolean {
    if (WILDCARD.test(pattern)) return this.names.some((name) => covers(pattern, name));
    return this.names.includes(pattern);
  }

  /** The set, normalised. Throws `identity.permission-unknown` for entries that allow nothing that exists. */
  checked(permissions: PermissionSet): PermissionSet {
    const unknown = permissions.filter((pattern) => !this.isGrantable(pattern));
    if (unknown.length > 0) throw identityErrors.permissionUnknown({ details: { unknown } });
    return normalised(permissions);
  }

  /** The names the set allows, wildcards resolved. */
  expanded(set: PermissionSet): readonly string[] {
    return this.names.filter((name) => permits(set, name));
  }
}
