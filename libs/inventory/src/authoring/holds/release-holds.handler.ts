import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import { StockHolds } from '../../model/stock-holds.js';
import { releaseHoldsJob } from './release-holds.job.js';

/** Releases what has expired, batch by batch, one unit of work each. */
@Injectable()
@JobHandler(releaseHoldsJob, { concurrency: 1 })
export class ReleaseHoldsHandler implements HandlesJob<Record<string, never>> {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly holds: StockHolds,
  ) {}

  async handle(_payload: Record<string, never>, context: JobContext): Promise<void> {
    const now = this.clock.wallMs();
    let released = 0;
    for (;;) {
      context.signal.throwIfAborted();
      const batch = await this.unitOfWork.run((tx) => this.holds.releaseExpired(tx, now));
      if (batch === 0) break;
      released += batch;
    }
    await context.complete(async () => ({ released }));
  }
}
