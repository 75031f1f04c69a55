import { composeSlices, type Permissions } from '#libs/slice';
import { cachePermissions } from './cache/cache.permissions.js';
import { fleetPermissions } from './fleet/fleet.permissions.js';
import { jobsPermissions } from './jobs/jobs.permissions.js';
import * as slices from './slices.js';

/** What the slices bring to the back office. */
export const composition = composeSlices(Object.values(slices));

/** What roles and API keys may hold: what the slices and the areas without one declare. */
export const permissions: Permissions = {
  ...composition.permissions,
  ...jobsPermissions,
  ...fleetPermissions,
  ...cachePermissions,
};
