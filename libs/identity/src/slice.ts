import type { Slice } from '#libs/slice';
import { identityEntities } from './model/identity-entities.js';
import { identityPermissions } from './model/identity.permissions.js';
import { identityTags } from './model/identity.tags.js';

/** Identity has no storefront: the back office extends this. */
export const identitySlice: Slice = {
  name: 'identity',
  modules: [],
  entities: identityEntities,
  permissions: identityPermissions,
  jobs: [],
  regions: [],
  tags: identityTags,
};
