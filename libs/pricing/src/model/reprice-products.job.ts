import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Changes the prices that a repricing selects. Resumes where an earlier run stopped. */
export const repriceProductsJob = defineJob({
  name: 'reprice-products',
  version: 1,
  schema: z.strictObject({ repricingId: z.uuid() }),
  retry: { attempts: 10, backoffMs: 1_000, maxBackoffMs: 60_000 },
  timeoutMs: 6 * 60 * 60_000,
});
