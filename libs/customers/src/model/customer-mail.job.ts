import { z } from 'zod';
import { defineJob } from '#libs/database';
import { customerMailKinds } from './customer.js';

/** Writes a mail to a customer. Its token is made by the job, so that no payload holds a secret. */
export const customerMailJob = defineJob({
  name: 'customer-mail',
  version: 1,
  schema: z.strictObject({ customerId: z.uuid(), kind: z.enum(customerMailKinds) }),
  retry: { attempts: 10, backoffMs: 1_000, maxBackoffMs: 60_000 },
});
