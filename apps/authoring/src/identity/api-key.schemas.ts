import { z } from 'zod';
import { pageOf, plainText } from '#libs/http';

export const newApiKeyBody = z.strictObject({
  name: plainText(200),
  permissions: z.array(z.string().min(1).max(100)).min(1).max(200),
  expiresAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Without it the key stays valid.'),
});
export type NewApiKeyBody = z.infer<typeof newApiKeyBody>;

export const apiKeyAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().describe('The first characters of the key.'),
  permissions: z.array(z.string()),
  createdBy: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable().describe('Up to a minute behind.'),
});
export type ApiKeyAnswer = z.infer<typeof apiKeyAnswer>;

export const newApiKeyAnswer = apiKeyAnswer.extend({
  key: z.string().describe('Send it as `Authorization: Bearer`. Shown only here.'),
});
export type NewApiKeyAnswer = z.infer<typeof newApiKeyAnswer>;

export const apiKeyPage = pageOf(apiKeyAnswer);
