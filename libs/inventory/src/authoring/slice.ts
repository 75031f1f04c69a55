import type { Slice } from '#libs/slice';
import { inventorySlice } from '../slice.js';
import { InventoryAuthoringModule } from './inventory-authoring.module.js';

/** What stock is to the back office, which reads nothing of it through the cache. */
export const inventoryAuthoringSlice: Slice = {
  ...inventorySlice,
  modules: [InventoryAuthoringModule],
  regions: [],
};
