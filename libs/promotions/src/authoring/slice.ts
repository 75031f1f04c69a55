import type { Slice } from '#libs/slice';
import { promotionsSlice } from '../slice.js';
import { PromotionsAuthoringModule } from './promotions-authoring.module.js';

/** What promotions are to the back office, which reads nothing of them through the cache. */
export const promotionsAuthoringSlice: Slice = {
  ...promotionsSlice,
  modules: [PromotionsAuthoringModule],
  regions: [],
};
