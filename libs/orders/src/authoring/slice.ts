import type { Slice } from '#libs/slice';
import { ordersSlice } from '../slice.js';
import { findAwaitingOrdersJob } from './confirming/awaiting-order.jobs.js';
import { findUnpaidOrdersJob } from './expiry/unpaid-order.jobs.js';
import { renewOrderHistoryJob } from './history/renew-order-history.job.js';
import { ratePopularityJob } from './popularity/rate-popularity.job.js';
import { OrdersAuthoringModule } from './orders-authoring.module.js';

/** What orders are to the back office, which reads nothing of them through the cache. */
export const ordersAuthoringSlice: Slice = {
  ...ordersSlice,
  modules: [OrdersAuthoringModule],
  jobs: [
    ...ordersSlice.jobs,
    findAwaitingOrdersJob,
    findUnpaidOrdersJob,
    ratePopularityJob,
    renewOrderHistoryJob,
  ],
  regions: [],
};
