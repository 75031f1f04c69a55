import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Compares every balance with the sum of its ledger. Scheduled; may also be enqueued by hand. */
export const checkLedgersJob = defineJob({
  name: 'check-ledgers',
  version: 1,
  schema: z.strictObject({}),
  timeoutMs: 60 * 60_000,
});
