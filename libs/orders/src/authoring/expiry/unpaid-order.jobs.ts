import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Looks for orders whose card payment was not authorised in time. Scheduled. */
export const findUnpaidOrdersJob = defineJob({
  name: 'find-unpaid-orders',
  version: 1,
  schema: z.strictObject({}),
});
