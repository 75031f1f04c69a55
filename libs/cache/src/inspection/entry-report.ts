import { z } from 'zod';

/** What a replica holds under a key. */
export const entryReportSchema = z.object({
  tags: z.array(z.string()),
  bytes: z.number(),
  expiresInMs: z.number(),
  isConfirmed: z.boolean(),
  /** It is known not to exist. */
  isAbsent: z.boolean(),
  /** JSON; undefined when the value is confidential or too large to show. */
  valueJson: z.string().optional(),
});

export type EntryReport = z.infer<typeof entryReportSchema>;

export const inspectionSchema = z.object({
  /** Not every role reads everything. */
  isRegionKnown: z.boolean(),
  entry: entryReportSchema.optional(),
});

export type Inspection = z.infer<typeof inspectionSchema>;
