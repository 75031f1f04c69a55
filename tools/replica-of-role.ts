import type { Role } from '#libs/config';
import type { BootstrapOptions } from '#libs/http';

/** What a replica of the role is made of. Loads only that role: TypeORM warns when a process has the modules of both. */
export async function replicaOf(role: Role): Promise<BootstrapOptions> {
  if (role === 'commerce') {
    return (await import('../apps/commerce/src/commerce.replica.js')).commerceReplica;
  }
  return (await import('../apps/authoring/src/authoring.replica.js')).authoringReplica;
}
