import type { Slice } from '#libs/slice';
import { storesSlice } from '../slice.js';
import { StoresAuthoringModule } from './stores-authoring.module.js';

/** What stores are to the back office, which reads nothing of them through the cache. */
export const storesAuthoringSlice: Slice = {
  ...storesSlice,
  modules: [StoresAuthoringModule],
  regions: [],
};
