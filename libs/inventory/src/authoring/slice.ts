import type { Slice } from '#libs/slice';
import { inventorySlice } from '../slice.js';
import { releaseHoldsJob } from './holds/release-holds.job.js';
import { InventoryAuthoringModule } from './inventory-authoring.module.js';

/** What stock is to the back office; it prices carts from the cache as storefronts do. */
export const inventoryAuthoringSlice: Slice = {
  ...inventorySlice,
  modules: [InventoryAuthoringModule],
  jobs: [...inventorySlice.jobs, releaseHoldsJob],
};
