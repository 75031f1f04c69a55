import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { z } from 'zod';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { ErasureObservers, type ErasureObserver } from '#libs/customers';
import type { Transaction } from '#libs/database';
import { OrderHistoryRenewal } from '../../model/history/order-history.renewal.js';
import { ordersErrors } from '../../model/orders.errors.js';
import { renewOrderHistoryJob } from './renew-order-history.job.js';

type Payload = z.infer<typeof renewOrderHistoryJob.schema>;

/** Takes the copy of a history away with the person whose it is: by a job, since no transaction reaches Redis. */
@Injectable()
@JobHandler(renewOrderHistoryJob)
export class RenewOrderHistoryHandler
  implements HandlesJob<Payload>, ErasureObserver, OnModuleInit
{
  constructor(
    private readonly observers: ErasureObservers,
    private readonly history: OrderHistoryRenewal,
  ) {}

  onModuleInit(): void {
    this.observers.register('orders', this);
  }

  async customerErased(tx: Transaction, customerId: string): Promise<void> {
    await tx.enqueue(renewOrderHistoryJob, { customerId });
  }

  /** Throws `orders.history-not-renewed`. */
  async handle({ customerId }: Payload, context: JobContext): Promise<void> {
    const outcome = await this.history.renew(customerId);
    if (outcome !== 'renewed') throw ordersErrors.historyNotRenewed({ details: { outcome } });
    await context.complete();
  }
}
