import type { Slice } from '#libs/slice';
import { scalingEntities } from './model/records/scaling-entities.js';
import { scalingPermissions } from './model/scaling.permissions.js';
import { scalingTags } from './model/scaling.tags.js';
import { ScalingModule } from './storefront/scaling.module.js';

/** What scaling is to a storefront: what it switches off at load. */
export const scalingSlice: Slice = {
  name: 'scaling',
  modules: [ScalingModule],
  entities: scalingEntities,
  permissions: scalingPermissions,
  jobs: [],
  regions: ['scaling.settings'],
  tags: scalingTags,
};
