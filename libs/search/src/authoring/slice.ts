import type { Slice } from '#libs/slice';
import { searchSlice } from '../slice.js';
import { SearchAuthoringModule } from './search-authoring.module.js';

/** What search is to the back office, which reads nothing of it through the cache. */
export const searchAuthoringSlice: Slice = {
  ...searchSlice,
  modules: [SearchAuthoringModule],
  regions: [],
};
