import { z } from 'zod';
import { pageFields, pageOf } from '#libs/http';
import { JOB_STATES } from '#libs/jobs';

export const jobQuery = z.strictObject({
  ...pageFields,
  state: z.enum(JOB_STATES).optional(),
  name: z.string().min(1).max(100).optional(),
  requestedBy: z.uuid().optional(),
});
export type JobQuery = z.infer<typeof jobQuery>;

const time = z.iso.datetime();

export const jobAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int().describe('Version of the contract between producer and handler.'),
  state: z.enum(JOB_STATES),
  payload: z.unknown().describe('What the job was given; secrets are masked.'),
  attempts: z.int().describe('Runs that were started.'),
  maxAttempts: z.int(),
  progress: z.unknown().describe('What the handler reported last; null when nothing.'),
  result: z.unknown().describe('What a completed job left behind; null when nothing.'),
  error: z
    .object({ code: z.string(), message: z.string(), attempt: z.int(), at: time })
    .nullable()
    .describe('Of the last attempt that failed.'),
  requestedBy: z.string().nullable().describe('Id of the user who asked for it.'),
  requestId: z.string().nullable(),
  isCancelRequested: z.boolean(),
  availableAt: time.describe('Not started before.'),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  replica: z.string().nullable().describe('The replica that runs it now.'),
});
export type JobAnswer = z.infer<typeof jobAnswer>;

export const jobPage = pageOf(jobAnswer);
