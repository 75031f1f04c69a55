import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Imports the products of an uploaded file. Resumes where an earlier run stopped. */
export const importProductsJob = defineJob({
  name: 'import-products',
  version: 1,
  schema: z.strictObject({ importId: z.uuid() }),
  retry: { attempts: 10, backoffMs: 1_000, maxBackoffMs: 60_000 },
  timeoutMs: 6 * 60 * 60_000,
});
