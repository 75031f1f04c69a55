import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { PlatformPrunerMark, type PrunesPlatform } from '#libs/database';
import { JobsEnvironment } from '../jobs-environment.js';
import type { HandlesJob, JobContext } from '../worker/job-context.js';
import { JobHandler } from '../worker/job-handler.decorator.js';
import { prunePlatformJob } from './prune-platform.job.js';

/** Lets every pruner of the process remove what has expired; removing twice is harmless. */
@Injectable()
@JobHandler(prunePlatformJob, { concurrency: 1 })
export class PrunePlatformHandler implements HandlesJob<Record<string, never>> {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly environment: JobsEnvironment,
  ) {}

  async handle(_payload: Record<string, never>, context: JobContext): Promise<void> {
    const removed: Record<string, number> = {};
    for (const [name, pruner] of this.pruners()) {
      let rows = 0;
      for (;;) {
        context.signal.throwIfAborted();
        const batch = await pruner.pruneBatch(this.environment.clock.wallMs());
        if (batch === 0) break;
        rows += batch;
      }
      removed[name] = rows;
      context.progress({ removed });
    }
    await context.complete(async () => ({ removed }));
  }

  private pruners(): [string, PrunesPlatform][] {
    return this.discovery.getProviders().flatMap((wrapper): [string, PrunesPlatform][] => {
      const name = this.discovery.getMetadataByDecorator(PlatformPrunerMark, wrapper);
      // Sound because the decorator accepts only classes that prune.
      return name === undefined ? [] : [[name, wrapper.instance as PrunesPlatform]];
    });
  }
}
