import type { Slice } from '#libs/slice';
import { promotionsSlice } from '../slice.js';
import { PromotionsAuthoringModule } from './promotions-authoring.module.js';

/** What promotions are to the back office; it prices carts with them as storefronts do. */
export const promotionsAuthoringSlice: Slice = {
  ...promotionsSlice,
  modules: [PromotionsAuthoringModule],
};
