import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import { enqueueConfirmation } from '../../model/confirming/confirm-order.job.js';
import { findAwaitingOrdersJob } from './awaiting-order.jobs.js';
import { AwaitingOrders, type AwaitingOrder } from './awaiting-orders.js';

const PAGE = 100;
/** So long the job of the order itself is given. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Enqueues one job for each order of which something delayed can be had by now, the oldest first, and for each that
 * still awaits its confirmation although its own job should have ended: that one may be dead.
 */
@Injectable()
@JobHandler(findAwaitingOrdersJob, { concurrency: 1 })
export class FindAwaitingOrdersHandler implements HandlesJob<Record<string, never>> {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: AwaitingOrders,
  ) {}

  async handle(_payload: Record<string, never>, context: JobContext): Promise<void> {
    const found = await this.enqueueAll(context.signal);
    await context.complete(async () => ({ found }));
  }

  private async enqueueAll(signal: AbortSignal): Promise<number> {
    const overdueBefore = this.clock.wallMs() - PATIENCE_MS;
    let found = 0;
    let after: AwaitingOrder | undefined;
    for (;;) {
      signal.throwIfAborted();
      const page = await this.orders.list(after, PAGE);
      if (page.length === 0) return found;
      const servable = await this.orders.findServable(
        page.filter(({ awaits }) => awaits === 'stock'),
      );
      const due = page.filter(({ id, awaits, placedAt }) =>
        awaits === 'stock' ? servable.has(id) : placedAt < overdueBefore,
      );
      await this.unitOfWork.run(async (tx) => {
        for (const { id } of due) await enqueueConfirmation(tx, id);
      });
      found += due.length;
      after = page.at(-1);
    }
  }
}
