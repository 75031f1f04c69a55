/**
 * What every signed-in user may do with what is their own. Held by every principal, never part
 * of a role, so that a user cannot be locked out of signing out.
 */
export const SELF_PERMISSIONS = {
  'self:session:read': 'See who one is signed in as, and where',
  'self:session:delete': 'Sign out, and end one’s other sessions',
  'self:password:update': 'Change one’s own password',
  'self:notification:read': 'Read one’s own notifications',
  'self:notification:update': 'Mark one’s own notifications as read',
} as const;

export function isSelfPermission(name: string): boolean {
  return Object.hasOwn(SELF_PERMISSIONS, name);
}
