import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Gives back what was kept for somebody and has expired. Scheduled. */
export const releaseHoldsJob = defineJob({
  name: 'release-holds',
  version: 1,
  schema: z.strictObject({}),
});
