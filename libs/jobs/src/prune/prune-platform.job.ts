import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Removes what the platform keeps only for a while. Scheduled; may also be enqueued by hand. */
export const prunePlatformJob = defineJob({
  name: 'prune-platform',
  version: 1,
  schema: z.strictObject({}),
});
