import type { Addressee } from '#libs/push';
import type { PermissionCatalog } from '../../model/permission-catalog.js';
import type { Principal } from '../../model/principal.js';

/** What a principal may hear and read of notifications: what is for them, and for all they may do. */
export function addresseeOf(principal: Principal, catalog: PermissionCatalog): Addressee {
  return { userId: principal.actor.id, permissions: catalog.expanded(principal.permissions) };
}
