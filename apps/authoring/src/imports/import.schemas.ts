import { z } from 'zod';
import { pageOf } from '#libs/http';
import { currency } from '../catalog/catalog.schemas.js';

export const importQuery = z.strictObject({
  store: z.string().min(1).max(60).describe('Code of the store that gets the products.'),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .describe('`true` checks everything and stores nothing.'),
  currency: currency
    .optional()
    .describe('What the prices of the file are in; default: the first of the store.'),
  locale: z
    .string()
    .min(2)
    .max(20)
    .optional()
    .describe('What language its texts are in; default: the first of the store.'),
});
export type ImportQuery = z.infer<typeof importQuery>;

export const acceptedImportAnswer = z.object({ importId: z.uuid(), jobId: z.uuid() });
export type AcceptedImportAnswer = z.infer<typeof acceptedImportAnswer>;

export const importAnswer = z.object({
  id: z.uuid(),
  jobId: z.uuid().describe('State and progress: GET /jobs/{jobId}.'),
  store: z.string(),
  fileName: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  currency: z.string(),
  locale: z.string(),
  isDryRun: z.boolean(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  products: z.int().describe('Products of the file that were looked at so far.'),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int().describe('Products that were left out; GET /imports/{id}/report says why.'),
  issues: z.int().describe('Lines of the report.'),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

export const importPage = pageOf(importAnswer);
