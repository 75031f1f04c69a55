import { z } from 'zod';
import { defineJob } from '#libs/database';

/** What shoppers are written about. */
export const orderMails = ['confirmation', 'shipped', 'cancelled', 'changed'] as const;
export type OrderMail = (typeof orderMails)[number];

const payload = z.strictObject({
  orderId: z.uuid(),
  mail: z.enum(orderMails),
  /** The entry of the order's history that it tells of: one mail for each. */
  sequence: z.int().min(1),
});

export type WriteOrderMail = z.infer<typeof payload>;

/** Writes the mail that tells a shopper what happened to an order, and hands it over to be sent. */
export const writeOrderMailJob = defineJob({
  name: 'write-order-mail',
  version: 1,
  schema: payload,
});
