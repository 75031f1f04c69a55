/** What the back office may be allowed to do with staff users, roles and keys. */
export const identityPermissions = {
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
