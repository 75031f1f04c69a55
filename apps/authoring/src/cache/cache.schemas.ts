import { z } from 'zod';

const cacheReaderAnswer = z.object({
  name: z.string(),
  entries: z.int(),
  bytes: z.int().describe('Estimated.'),
  hits: z.int(),
  misses: z.int(),
  loads: z.int(),
  loadFailures: z.int(),
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

export const invalidateBody = z.strictObject({
  tags: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(500)
    .describe('Tags such as `product:<id>`; `*` voids everything on every replica.'),
});
export type InvalidateBody = z.infer<typeof invalidateBody>;

export const invalidatedAnswer = z.object({
  position: z.int().describe('Send it as Lockstep-Position to read what is new on any replica.'),
});
export type InvalidatedAnswer = z.infer<typeof invalidatedAnswer>;
