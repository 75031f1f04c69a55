import { z } from 'zod';

const cacheReaderAnswer = z.object({
  name: z.string(),
  entries: z.int(),
  bytes: z.int().describe('Estimated.'),
  hits: z.int(),
  misses: z.int(),
  loads: z.int(),
  loadFailures: z.int(),
  refreshes: z.int().describe('Loads that began in the background, ahead of the expiry.'),
  overtakenLoads: z
    .int()
    .describe('Loads that an invalidation overtook, and that were not stored.'),
  staleServed: z.int(),
  evictions: z.int(),
  invalidations: z.int(),
});

export const cacheAnswer = z.object({
  replicas: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      seenAt: z.iso.datetime(),
      position: z.int(),
      clears: z.int().describe('Times this replica dropped everything since it started.'),
      readers: z.array(cacheReaderAnswer),
    }),
  ),
});
export type CacheAnswer = z.infer<typeof cacheAnswer>;

const name = z.string().min(1).max(200);

export const invalidateBody = z.union([
  z.strictObject({
    tags: z.array(name).min(1).max(500).describe('Tags such as `product:<id>`.'),
  }),
  z.strictObject({
    region: name.describe(
      'Everything that one reader holds, and what was built from it, such as `catalog.product`.',
    ),
  }),
  z.strictObject({ all: z.literal(true).describe('Everything.') }),
]);
export type InvalidateBody = z.infer<typeof invalidateBody>;

export const invalidatedAnswer = z.object({
  position: z
    .int()
    .describe(
      'Where the log ends now. To read what is new on any replica, send back the Lockstep-Position header of this answer.',
    ),
});
export type InvalidatedAnswer = z.infer<typeof invalidatedAnswer>;

export const regionParams = z.strictObject({ region: name });
export type RegionParams = z.infer<typeof regionParams>;

export const entryQuery = z.strictObject({
  key: z.string().min(1).max(2_000).describe('The text of the key, as the reader writes it.'),
  replica: name.optional().describe('Default: the replica that answers.'),
});
export type EntryQuery = z.infer<typeof entryQuery>;

export const entryAnswer = z.object({
  replica: z.string().describe('Whose memory it is.'),
  region: z.string(),
  key: z.string(),
  entry: z
    .object({
      tags: z.array(z.string()),
      bytes: z.int().describe('Estimated.'),
      expiresInMs: z.int().describe('Negative when it has expired.'),
      isConfirmed: z
        .boolean()
        .describe('The log was followed recently enough to serve it without asking.'),
      isAbsent: z.boolean().describe('It is known not to exist.'),
      value: z.unknown().optional().describe('Left out when it is confidential or too large.'),
    })
    .nullable()
    .describe('null when nothing is held.'),
});
export type EntryAnswer = z.infer<typeof entryAnswer>;
