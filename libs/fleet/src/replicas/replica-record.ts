import { z } from 'zod';

const readerSchema = z.object({
  name: z.string(),
  entries: z.number(),
  bytes: z.number(),
  hits: z.number(),
  misses: z.number(),
  loads: z.number(),
  loadFailures: z.number(),
  /** Not said by replicas of older versions. */
  refreshes: z.number().default(0),
  doomedLoads: z.number(),
  staleServed: z.number(),
  evictions: z.number(),
  invalidations: z.number(),
});

const loadSchema = z.object({
  cpuPercent: z.number(),
  eventLoopDelayMs: z.number(),
  requestsPerSecond: z.number(),
  p99Ms: z.number(),
  /** Of the cache, since the last report. */
  hits: z.number(),
  misses: z.number(),
  isReady: z.boolean(),
});

/** What a replica says about itself every few seconds. */
export const replicaStatusSchema = z.object({
  /** Not said by replicas of older versions, which had no second site by name. */
  site: z.string().default('main'),
  position: z.number(),
  lag: z.number(),
  leaseAgeMs: z.number().nullable(),
  /** How long the copy that it reads has lacked a known commit; null when it reads no copy. */
  copyLagMs: z.number().nullable().default(null),
  isLogReachable: z.boolean(),
  backplane: z.enum(['connecting', 'connected', 'silent', 'disconnected']),
  clears: z.number(),
  hitRatio: z.number().nullable(),
  readers: z.array(readerSchema),
  /** Since the last report; null before the second, and from replicas of older versions. */
  load: loadSchema.nullable().default(null),
});

export type ReplicaStatus = z.infer<typeof replicaStatusSchema>;

export interface ReplicaRecord {
  readonly id: string;
  readonly role: string;
  readonly version: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly seenAt: number;
  /** Seen so recently that it is taken to be alive. */
  readonly isAlive: boolean;
  readonly status: ReplicaStatus;
}
