import { z } from 'zod';
import { defineJob } from '#libs/database';

/**
 * Orders every replica to load anew what these regions hold and would soon expire. Scheduled by the
 * composition of a role, which knows the regions; may also be enqueued by hand.
 */
export const refreshCacheJob = defineJob({
  name: 'refresh-cache',
  version: 1,
  schema: z.strictObject({ regions: z.array(z.string().min(1).max(200)).min(1).max(100) }),
});
