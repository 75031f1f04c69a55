import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Collects what is known of a person; the export, and nothing else, says of whom. */
export const exportCustomerJob = defineJob({
  name: 'export-customer',
  version: 1,
  schema: z.strictObject({ exportId: z.uuid() }),
});
