import type { Slice } from '#libs/slice';
import { customersSlice } from '../slice.js';
import { CustomersAuthoringModule } from './customers-authoring.module.js';

/** What customers are to the back office. */
export const customersAuthoringSlice: Slice = {
  ...customersSlice,
  modules: [CustomersAuthoringModule],
  regions: [],
};
