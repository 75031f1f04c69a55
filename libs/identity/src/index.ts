export { identityErrors } from './model/identity.errors.js';
export { expanded, permits, type PermissionSet } from './model/permission-set.js';
export {
  GRANTABLE_PERMISSIONS,
  isPermissionName,
  PERMISSIONS,
  type PermissionName,
} from './model/permissions.js';
export type { Credential, Principal } from './model/principal.js';
