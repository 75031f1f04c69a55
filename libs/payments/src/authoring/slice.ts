import type { Slice } from '#libs/slice';
import { paymentsSlice } from '../slice.js';
import { PaymentsAuthoringModule } from './payments-authoring.module.js';

/** What payments are to the back office. */
export const paymentsAuthoringSlice: Slice = {
  ...paymentsSlice,
  modules: [PaymentsAuthoringModule],
};
