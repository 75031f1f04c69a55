import { z } from 'zod';
import { queryInteger, queryLimit } from '#libs/http';

const cursor = queryInteger(0, Number.MAX_SAFE_INTEGER);

export const notificationQuery = z.strictObject({
  after: cursor
    .optional()
    .describe(
      'Cursor of the last answer, or id of the last notification seen; without it, the newest.',
    ),
  limit: queryLimit(100, 50),
});
export type NotificationQuery = z.infer<typeof notificationQuery>;

export const notificationParams = z.strictObject({ id: cursor });
export type NotificationParams = z.infer<typeof notificationParams>;

const notificationAnswer = z.object({
  id: z.int(),
  type: z.string(),
  payload: z.record(z.string(), z.unknown()),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});

export const notificationPageAnswer = z.object({
  items: z.array(notificationAnswer).describe('Oldest first.'),
  cursor: z.int().describe('Ask with `after` set to it to read on.'),
  hasMore: z.boolean().describe('More has come in already.'),
});
export type NotificationPageAnswer = z.infer<typeof notificationPageAnswer>;
