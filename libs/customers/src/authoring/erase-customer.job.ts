import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Takes away what is known of a person. */
export const eraseCustomerJob = defineJob({
  name: 'erase-customer',
  version: 1,
  schema: z.strictObject({ customerId: z.uuid() }),
});
