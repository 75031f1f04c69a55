import type { Slice } from '#libs/slice';
import { invoiceEntities } from './model/invoice-entities.js';
import { invoicesPermissions } from './model/invoices.permissions.js';
import { issueInvoicesJob } from './model/issue-invoices.job.js';
import { InvoicesModule } from './storefront/invoices.module.js';

/** What invoices are to a storefront. They belong to one person each, so nothing of them is cached. */
export const invoicesSlice: Slice = {
  name: 'invoices',
  modules: [InvoicesModule],
  entities: invoiceEntities,
  permissions: invoicesPermissions,
  jobs: [issueInvoicesJob],
  regions: [],
  tags: {},
};
