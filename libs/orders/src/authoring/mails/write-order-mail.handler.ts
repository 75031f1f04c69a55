import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { OrderLookup } from '../../model/order-lookup.js';
import { writeOrderMailJob, type WriteOrderMail } from '../../model/order-mail.job.js';
import { OrderMailWriter } from './order-mail.writer.js';

/** Writes one mail about an order in the transaction that ends the job, so that there is one. */
@Injectable()
@JobHandler(writeOrderMailJob)
export class WriteOrderMailHandler implements HandlesJob<WriteOrderMail> {
  constructor(
    private readonly orders: OrderLookup,
    private readonly writer: OrderMailWriter,
  ) {}

  handle(payload: WriteOrderMail, context: JobContext): Promise<void> {
    return context.complete(async (tx) => {
      const order = await this.orders.findForShop(tx, payload.orderId);
      if (order !== undefined) await this.writer.write(tx, order, payload);
    });
  }
}
