import type { Slice } from '#libs/slice';
import { paymentEntities } from './model/payment-entities.js';
import { PaymentsModelModule } from './model/payments-model.module.js';
import { paymentsPermissions } from './model/payments.permissions.js';

/** What payments are to a storefront. They belong to one person each, so nothing of them is cached. */
export const paymentsSlice: Slice = {
  name: 'payments',
  modules: [PaymentsModelModule],
  entities: paymentEntities,
  permissions: paymentsPermissions,
  jobs: [],
  regions: [],
  tags: {},
};
