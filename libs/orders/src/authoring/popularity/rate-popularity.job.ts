import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Works out anew how popular the products of every store are, by what was ordered lately. Scheduled. */
export const ratePopularityJob = defineJob({
  name: 'rate-popularity',
  version: 1,
  schema: z.strictObject({}),
  timeoutMs: 30 * 60_000,
});
