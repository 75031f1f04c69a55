import { z } from 'zod';
import { defineJob } from '#libs/database';

/** Makes the copy of a history true; a Redis that is away is asked again for hours. */
export const renewOrderHistoryJob = defineJob({
  name: 'renew-order-history',
  version: 1,
  schema: z.strictObject({ customerId: z.uuid() }),
  retry: { attempts: 40, backoffMs: 1_000, maxBackoffMs: 10 * 60_000 },
});
