import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { confirmOrderJob } from '../../model/confirming/confirm-order.job.js';
import { OrderHistoryRenewal } from '../../model/history/order-history.renewal.js';
import { OrderConfirmation } from './order-confirmation.js';

/** Stock, history and mail in the transaction that ends the job: an order is confirmed once. */
@Injectable()
@JobHandler(confirmOrderJob)
export class ConfirmOrderHandler implements HandlesJob<z.infer<typeof confirmOrderJob.schema>> {
  constructor(
    private readonly confirmation: OrderConfirmation,
    private readonly history: OrderHistoryRenewal,
  ) {}

  async handle(
    { orderId }: z.infer<typeof confirmOrderJob.schema>,
    context: JobContext,
  ): Promise<void> {
    let changedFor: string | null = null;
    await context.complete(async (tx) => {
      const { outcome, customerId } = await this.confirmation.confirm(tx, orderId);
      changedFor = customerId;
      return { outcome };
    });
    // Nothing waits for Redis while a transaction is open; what is not copied here is copied when it is read.
    if (changedFor !== null) await this.history.tryRenew(changedFor);
  }
}
