import { z } from 'zod';
import { defineJob } from '#libs/database';

const payload = z.strictObject({ orderId: z.uuid() });
export type IssueInvoices = z.infer<typeof payload>;

/** Issues what an order lacks: its invoice, and a credit note for each refund. Running it again issues nothing. */
export const issueInvoicesJob = defineJob({
  name: 'issue-invoices',
  version: 1,
  schema: payload,
});
