import type { Slice } from '#libs/slice';
import { confirmOrderJob } from './model/confirming/confirm-order.job.js';
import { expireOrderJob } from './model/expire-order.job.js';
import { orderEntities } from './model/order-entities.js';
import { writeOrderMailJob } from './model/order-mail.job.js';
import { ordersTags } from './model/orders.tags.js';
import { ordersPermissions } from './model/orders.permissions.js';
import { OrdersModule } from './storefront/orders.module.js';

/** What orders are to a storefront. They belong to one person each, so no replica holds anything of them but the name of a history's state. */
export const ordersSlice: Slice = {
  name: 'orders',
  modules: [OrdersModule],
  entities: orderEntities,
  permissions: ordersPermissions,
  jobs: [writeOrderMailJob, expireOrderJob, confirmOrderJob],
  regions: ['orders.history-stamp'],
  tags: ordersTags,
};
