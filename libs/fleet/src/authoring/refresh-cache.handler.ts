import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { refreshTag } from '#libs/cache';
import { type HandlesJob, type JobContext, JobHandler } from '#authoring/jobs';
import { refreshCacheJob } from '../refresh/refresh-cache.job.js';

type Payload = z.infer<typeof refreshCacheJob.schema>;

/**
 * Writes the order into the invalidation log, which brings it to every replica, once: one row, whatever
 * the number of regions and replicas. What a replica does about it is its own affair.
 */
@Injectable()
@JobHandler(refreshCacheJob, { concurrency: 1 })
export class RefreshCacheHandler implements HandlesJob<Payload> {
  async handle({ regions }: Payload, context: JobContext): Promise<void> {
    await context.complete(async (tx) => {
      tx.invalidate(...regions.map(refreshTag));
      return { regions };
    });
  }
}
