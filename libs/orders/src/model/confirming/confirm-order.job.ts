import { z } from 'zod';
import { defineJob, type Transaction } from '#libs/database';

/** Takes the stock of an order that was accepted without, or finds that there is too little. */
export const confirmOrderJob = defineJob({
  name: 'confirm-order',
  version: 1,
  schema: z.strictObject({ orderId: z.uuid() }),
});

/** An order whose job has not started has no second one. */
export async function enqueueConfirmation(tx: Transaction, orderId: string): Promise<void> {
  await tx.enqueue(confirmOrderJob, { orderId }, { dedupeKey: `confirm:${orderId}` });
}
