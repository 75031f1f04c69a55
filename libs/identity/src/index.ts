export { Authenticator } from './access/authenticator.js';
export { CurrentPrincipal } from './access/current-principal.js';
export { IDENTITY_CLOCK } from './access/identity-clock.js';
export type { Credential, Principal } from './access/principal.js';
export { StaffAccessReader, type StaffAccess } from './access/staff-access.reader.js';
export { addresseeOf } from './access/addressee.js';
export { StaffGuard } from './access/staff.guard.js';
export { identityErrors } from './identity.errors.js';
export { IdentityModule } from './identity.module.js';
export { expanded, permits, type PermissionSet } from './permissions/permission-set.js';
export {
  GRANTABLE_PERMISSIONS,
  isPermissionName,
  PERMISSIONS,
  type PermissionName,
} from './permissions/permissions.js';
