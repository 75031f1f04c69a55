import { z } from 'zod';
import type { PersonalExport } from '#authoring/customers';
import { isoTime } from '#libs/http';

export const personalExportParams = z.object({ id: z.uuid(), exportId: z.uuid() });
export type PersonalExportParams = z.infer<typeof personalExportParams>;

export const personalExportAnswer = z.object({
  id: z.uuid(),
  jobId: z.uuid(),
  state: z
    .enum(['waiting', 'finished', 'failed'])
    .describe('finished: it has a file. failed: ask for a new one.'),
  requestedBy: z.uuid().nullable(),
  sizeBytes: z.int(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().describe('The file is gone then.'),
});
export type PersonalExportAnswer = z.infer<typeof personalExportAnswer>;

export function personalExportAnswerOf(found: PersonalExport): PersonalExportAnswer {
  return {
    id: found.id,
    jobId: found.jobId,
    state: found.state,
    requestedBy: found.requestedBy,
    sizeBytes: found.sizeBytes,
    createdAt: isoTime(found.createdAt),
    expiresAt: isoTime(found.expiresAt),
  };
}
