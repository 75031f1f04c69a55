import type { Slice } from '#libs/slice';
import { customersSlice } from '../slice.js';
import { eraseCustomerJob } from './erase-customer.job.js';
import { exportCustomerJob } from './personal-data/export-customer.job.js';
import { BuyerGroupsModule } from '../storefront/buyer-groups.module.js';
import { CustomersAuthoringModule } from './customers-authoring.module.js';

/** What customers are to the back office. */
export const customersAuthoringSlice: Slice = {
  ...customersSlice,
  modules: [BuyerGroupsModule, CustomersAuthoringModule],
  jobs: [...customersSlice.jobs, eraseCustomerJob, exportCustomerJob],
  regions: ['customers.access'],
};
