import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Looks for orders whose card payment was not authorised in time. Scheduled. */
export const findUnpaidOrdersJob = defineJob({
  name: 'find-unpaid-orders',
  version: 1,
  schema: z.strictObject({}),
});

/** Cancels one of them, or finds that it was paid; a provider that is away is asked again for hours. */
export const expireOrderJob = defineJob({
  name: 'expire-order',
  version: 1,
  schema: z.strictObject({ orderId: z.uuid() }),
  retry: { attempts: 40, backoffMs: 1_000, maxBackoffMs: 10 * 60_000 },
});

export const unpaidOrderJobs = [findUnpaidOrdersJob, expireOrderJob];
