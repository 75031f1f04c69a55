import { z } from 'zod';
import { pageFields, pageOf } from '#libs/http';

export const auditLogQuery = z.strictObject({
  ...pageFields,
  entity: z.string().min(1).max(60).optional(),
  entityId: z.string().min(1).max(100).optional(),
  actorId: z.uuid().optional(),
});
export type AuditLogQuery = z.infer<typeof auditLogQuery>;

export const auditLogEntryAnswer = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.string(), id: z.string().nullable() }),
  requestId: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  before: z.unknown().describe('The state before, secrets masked; null when there was none.'),
  after: z.unknown().describe('The state after, secrets masked; null when there is none.'),
});
export type AuditLogEntryAnswer = z.infer<typeof auditLogEntryAnswer>;

export const auditLogPage = pageOf(auditLogEntryAnswer);
