import type { Slice } from '#libs/slice';
import { paymentEntities } from './model/payment-entities.js';
import { paymentJobs } from './model/payment-jobs.js';
import { paymentsPermissions } from './model/payments.permissions.js';
import { PaymentsModule } from './storefront/payments.module.js';

/** What payments are to a storefront. They belong to one person each, so nothing of them is cached. */
export const paymentsSlice: Slice = {
  name: 'payments',
  modules: [PaymentsModule],
  entities: paymentEntities,
  permissions: paymentsPermissions,
  jobs: paymentJobs,
  regions: [],
  tags: {},
};
