import type { Slice } from '#libs/slice';
import { repriceProductsJob } from '../model/reprice-products.job.js';
import { pricingSlice } from '../slice.js';
import { PricingAuthoringModule } from './pricing-authoring.module.js';

/** What prices are to the back office, which runs their jobs, and prices carts from the cache as storefronts do. */
export const pricingAuthoringSlice: Slice = {
  ...pricingSlice,
  modules: [PricingAuthoringModule],
  jobs: [repriceProductsJob],
};
