import { z } from 'zod';
import { defineJob, type Transaction } from '#libs/database';

/** Cancels an order that nothing will be paid for, or finds that it lives; a provider that is away is asked again for hours. */
export const expireOrderJob = defineJob({
  name: 'expire-order',
  version: 1,
  schema: z.strictObject({ orderId: z.uuid() }),
  retry: { attempts: 40, backoffMs: 1_000, maxBackoffMs: 10 * 60_000 },
});

/** An order whose job has not started has no second one. */
export async function enqueueExpiry(tx: Transaction, orderId: string): Promise<void> {
  await tx.enqueue(expireOrderJob, { orderId }, { dedupeKey: `expire:${orderId}` });
}
