import type { Slice } from '#libs/slice';
import { customerEntities } from './model/customer-entities.js';
import { customerMailJob } from './model/customer-mail.job.js';
import { customersPermissions } from './model/customers.permissions.js';
import { customersTags } from './model/customers.tags.js';
import { CustomersModule } from './storefront/customers.module.js';
import { ShopperAccessModule } from './storefront/shopper-access.module.js';

/** What customers are to a storefront. What belongs to one person is cached nowhere, but for who is signed in. */
export const customersSlice: Slice = {
  name: 'customers',
  modules: [ShopperAccessModule, CustomersModule],
  entities: customerEntities,
  permissions: customersPermissions,
  jobs: [customerMailJob],
  regions: ['customers.session', 'customers.access'],
  tags: customersTags,
};
