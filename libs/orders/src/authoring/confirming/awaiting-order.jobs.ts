import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Looks for orders whose stock can be taken by now. Scheduled. */
export const findAwaitingOrdersJob = defineJob({
  name: 'find-awaiting-orders',
  version: 1,
  schema: z.strictObject({}),
});
