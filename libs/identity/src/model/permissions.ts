/**
 * Every permission of the back office, `area:entity:action`: the only place where their names are
 * written down. Routes ask for exactly one of them; roles and API keys hold names or wildcards.
 */
export const PERMISSIONS = {
  'catalog:store:read': 'See stores',
  'catalog:store:create': 'Add stores',
  'catalog:store:update': 'Change stores',
  'catalog:store:delete': 'Remove stores',
  'catalog:category:read': 'See categories',
  'catalog:category:create': 'Add categories',
  'catalog:category:update': 'Change and move categories',
  'catalog:category:delete': 'Remove categories',
  'catalog:product:read': 'See products of every status',
  'catalog:product:create': 'Add products',
  'catalog:product:update': 'Change products, variants, prices and stock',
  'catalog:product:delete': 'Remove products',
  'catalog:import:read': 'See imports and their reports',
  'catalog:import:create': 'Import products from a file',
  'jobs:job:read': 'See jobs and follow their progress',
  'jobs:job:retry': 'Run failed jobs again',
  'jobs:job:cancel': 'Cancel jobs',
  'jobs:schedule:read': 'See schedules',
  'fleet:replica:read': 'See the replicas of the fleet',
  'cache:region:read': 'See what the caches of a replica hold',
  'cache:tag:invalidate': 'Void cached data by tag',
  'identity:user:read': 'See staff users',
  'identity:user:create': 'Add staff users',
  'identity:user:update': 'Change staff users, their passwords and roles',
  'identity:user:delete': 'Remove staff users',
  'identity:role:read': 'See roles',
  'identity:role:create': 'Add roles',
  'identity:role:update': 'Change roles',
  'identity:role:delete': 'Remove roles',
  'identity:api-key:read': 'See API keys (never their secrets)',
  'identity:api-key:create': 'Make API keys',
  'identity:api-key:revoke': 'Revoke API keys',
  'identity:audit-log:read': 'Read the audit log',
} as const;

/**
 * What everybody who is signed in may do with what is their own. Held by every principal, never
 * part of a role, so nobody can be locked out of signing out.
 */
export const SELF_PERMISSIONS = {
  'self:session:read': 'See who one is signed in as, and where',
  'self:session:delete': 'Sign out, and end one’s other sessions',
  'self:password:update': 'Change one’s own password',
  'self:notification:read': 'Read one’s own notifications',
  'self:notification:update': 'Mark one’s own notifications as read',
} as const;

export type PermissionName = keyof typeof PERMISSIONS | keyof typeof SELF_PERMISSIONS;

/** The names a role or an API key may hold. */
export const GRANTABLE_PERMISSIONS = Object.keys(PERMISSIONS) as readonly PermissionName[];

export function isPermissionName(name: string): name is PermissionName {
  return Object.hasOwn(PERMISSIONS, name) || Object.hasOwn(SELF_PERMISSIONS, name);
}

export function isSelfPermission(name: string): boolean {
  return Object.hasOwn(SELF_PERMISSIONS, name);
}
