import type { Slice } from '#libs/slice';
import { identitySlice } from '../slice.js';
import { IdentityAuthoringModule } from './identity-authoring.module.js';

/** What identity is to the back office. `IdentityModule` guards all of it and is part of the platform of the role. */
export const identityAuthoringSlice: Slice = {
  ...identitySlice,
  modules: [IdentityAuthoringModule],
  regions: ['identity.session', 'identity.api-key', 'identity.staff-access'],
};
