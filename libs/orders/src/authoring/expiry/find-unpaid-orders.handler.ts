import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { PaymentsConfig } from '#libs/config';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import { PaymentProviders } from '#libs/payments';
import { enqueueExpiry } from '../../model/expire-order.job.js';
import { findUnpaidOrdersJob } from './unpaid-order.jobs.js';
import { UnpaidOrders, type UnpaidOrder } from './unpaid-orders.js';

const PAGE = 100;

/**
 * Enqueues one job for each order whose card payment was not authorised in time, by the clock of the database.
 * An order whose job has not started has no second one. While no cards are taken the provider cannot be
 * asked, and no order is touched.
 */
@Injectable()
@JobHandler(findUnpaidOrdersJob, { concurrency: 1 })
export class FindUnpaidOrdersHandler implements HandlesJob<Record<string, never>> {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: UnpaidOrders,
    private readonly providers: PaymentProviders,
    private readonly config: PaymentsConfig,
  ) {}

  async handle(_payload: Record<string, never>, context: JobContext): Promise<void> {
    const found = this.providers.of({ method: 'card' }).isAvailable
      ? await this.enqueueAll(context.signal)
      : 0;
    await context.complete(async () => ({ found }));
  }

  private async enqueueAll(signal: AbortSignal): Promise<number> {
    const placedBefore = this.clock.wallMs() - this.config.unpaidTtlMs;
    let found = 0;
    let after: UnpaidOrder | undefined;
    for (;;) {
      signal.throwIfAborted();
      const page = await this.orders.list(placedBefore, after, PAGE);
      if (page.length === 0) return found;
      await this.unitOfWork.run(async (tx) => {
        for (const { id } of page) await enqueueExpiry(tx, id);
      });
      found += page.length;
      after = page.at(-1);
    }
  }
}
