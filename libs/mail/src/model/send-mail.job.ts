import { z } from 'zod';
import { defineJob } from '#libs/database';

const payload = z.strictObject({
  mailId: z.uuid(),
  /** Of the mail; a later one takes the place of this job. */
  round: z.int().min(1),
});

export type SendMail = z.infer<typeof payload>;

/** Gives one mail to the server. A server that is away is tried for about seven hours. */
export const sendMailJob = defineJob({
  name: 'send-mail',
  version: 1,
  schema: payload,
  retry: { attempts: 24, backoffMs: 1_000, maxBackoffMs: 3_600_000 },
  timeoutMs: 15 * 60_000,
});
