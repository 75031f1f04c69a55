import { z } from 'zod';
import { pageOf } from '#libs/http';

export const signInBody = z.strictObject({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(200),
});
export type SignInBody = z.infer<typeof signInBody>;

const staffUserAnswer = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
});

export const sessionAnswer = z.object({
  id: z.uuid(),
  token: z.string().describe('Send it as `Authorization: Bearer`. Shown only here.'),
  expiresAt: z.iso.datetime(),
  user: staffUserAnswer,
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

const ownSessionAnswer = z.object({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  isCurrent: z.boolean().describe('Whether this request is made with it.'),
});
export type OwnSessionAnswer = z.infer<typeof ownSessionAnswer>;

export const ownSessionPage = pageOf(ownSessionAnswer);

export const currentSessionAnswer = z.object({
  kind: z.enum(['session', 'api-key']),
  id: z.uuid(),
  expiresAt: z.iso.datetime().nullable(),
  user: staffUserAnswer.describe('The person; of an API key, the one who made it.'),
  permissions: z.array(z.string()).describe('What is allowed now, wildcards resolved.'),
});
export type CurrentSessionAnswer = z.infer<typeof currentSessionAnswer>;
