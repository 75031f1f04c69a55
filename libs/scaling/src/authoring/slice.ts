import type { Slice } from '#libs/slice';
import { scalingSlice } from '../slice.js';
import { ScalingAuthoringModule } from './scaling-authoring.module.js';

/** What scaling is to the back office, which decides without the cache, and reads what is switched off there when it places orders. */
export const scalingAuthoringSlice: Slice = {
  ...scalingSlice,
  modules: [ScalingAuthoringModule],
};
