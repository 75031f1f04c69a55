import type { Slice } from '#libs/slice';
import { storesSlice } from '../slice.js';
import { StoresAuthoringModule } from './stores-authoring.module.js';

/** What stores are to the back office; it prices carts from the cache as storefronts do. */
export const storesAuthoringSlice: Slice = {
  ...storesSlice,
  modules: [StoresAuthoringModule],
};
