import type { Addressee } from '#libs/push';
import { expanded } from '../../model/permission-set.js';
import type { Principal } from '../../model/principal.js';

/** What a principal may hear and read of notifications: what is for them, and for all they may do. */
export function addresseeOf(principal: Principal): Addressee {
  return { userId: principal.actor.id, permissions: expanded(principal.permissions) };
}
