import type { Slice } from '#libs/slice';
import { scalingSlice } from '../slice.js';
import { ScalingAuthoringModule } from './scaling-authoring.module.js';

/** What scaling is to the back office, which decides and reads nothing of it through the cache. */
export const scalingAuthoringSlice: Slice = {
  ...scalingSlice,
  modules: [ScalingAuthoringModule],
  regions: [],
};
