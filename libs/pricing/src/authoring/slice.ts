import type { Slice } from '#libs/slice';
import { pricingSlice } from '../slice.js';
import { PricingAuthoringModule } from './pricing-authoring.module.js';

/** What prices are to the back office, which reads nothing of them through the cache. */
export const pricingAuthoringSlice: Slice = {
  ...pricingSlice,
  modules: [PricingAuthoringModule],
  regions: [],
};
