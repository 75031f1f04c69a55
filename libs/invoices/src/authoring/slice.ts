import type { Slice } from '#libs/slice';
import { invoicesSlice } from '../slice.js';
import { InvoicesAuthoringModule } from './invoices-authoring.module.js';

/** What invoices are to the back office, which issues them. */
export const invoicesAuthoringSlice: Slice = {
  ...invoicesSlice,
  modules: [InvoicesAuthoringModule],
};
