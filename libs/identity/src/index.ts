export { identityErrors } from './model/identity.errors.js';
export { PermissionCatalog } from './model/permission-catalog.js';
export type { PermissionSet } from './model/permission-set.js';
export type { Credential, Principal } from './model/principal.js';
export { identitySlice } from './slice.js';
