import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { expireOrderJob } from '../../model/expire-order.job.js';
import { OrderExpiry } from './order-expiry.js';

/** Asks the provider outside every transaction, and cancels in the transaction that ends the job. */
@Injectable()
@JobHandler(expireOrderJob)
export class ExpireOrderHandler implements HandlesJob<z.infer<typeof expireOrderJob.schema>> {
  constructor(private readonly expiry: OrderExpiry) {}

  async handle(
    { orderId }: z.infer<typeof expireOrderJob.schema>,
    context: JobContext,
  ): Promise<void> {
    await this.expiry.look(orderId);
    await context.complete(async (tx) => ({ isExpired: await this.expiry.expire(tx, orderId) }));
  }
}
