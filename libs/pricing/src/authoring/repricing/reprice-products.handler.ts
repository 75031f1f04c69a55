import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { SqlReader } from '#libs/database';
import type { JsonObject } from '#libs/kernel';
import { repriceProductsJob } from '../../model/reprice-products.job.js';
import type { Repricing } from '../../model/repricing.js';
import { RepricingPlan } from './repricing-plan.js';
import { RepricingRepository } from './repricing.repository.js';
import { RepricingWriter } from './repricing.writer.js';

/**
 * Carries out a repricing page by page, each in a unit of work of its own: a run that dies is continued
 * behind its last page by the next.
 */
@Injectable()
@JobHandler(repriceProductsJob, { concurrency: 1 })
export class RepriceProductsHandler implements HandlesJob<{ repricingId: string }> {
  constructor(
    private readonly database: SqlReader,
    private readonly repricings: RepricingRepository,
    private readonly plan: RepricingPlan,
    private readonly writer: RepricingWriter,
  ) {}

  async handle({ repricingId }: { repricingId: string }, context: JobContext): Promise<void> {
    let repricing = await this.repricings.get(this.database, repricingId);
    for (;;) {
      context.signal.throwIfAborted();
      const { afterProductId } = repricing.progress;
      const page = await this.plan.next(this.database, repricing, afterProductId);
      if (page === undefined) break;
      // The step is named after where it begins, so that no other run does the page again.
      await context.step(`after-${afterProductId || 'none'}`, (tx) =>
        this.writer.write(tx, repricingId, page),
      );
      repricing = await this.repricings.get(this.database, repricingId);
      context.progress(progressJson(repricing));
      // Statements on SQLite are synchronous: let requests and timers of this replica have their turn.
      await nextTurn();
    }
    await context.complete(async () => progressJson(repricing));
  }
}

function progressJson({ id, products, progress }: Repricing): JsonObject {
  const { afterProductId: _, products: done, ...counts } = progress;
  return { repricingId: id, products, done, ...counts };
}
