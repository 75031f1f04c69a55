import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import type { Transaction } from '#libs/database';
import { openMinor, PaymentLedger } from '#libs/payments';
import { OrderHistoryRenewal } from '../../model/history/order-history.renewal.js';
import { OrderLookup } from '../../model/order-lookup.js';
import { writeOrderMailJob, type WriteOrderMail } from '../../model/order-mail.job.js';
import type { Order } from '../../model/order.js';
import { OrderMailWriter } from './order-mail.writer.js';

/**
 * Writes one mail about an order in the transaction that ends the job, so that there is one; then copies the
 * history of its customer, which has changed.
 */
@Injectable()
@JobHandler(writeOrderMailJob)
export class WriteOrderMailHandler implements HandlesJob<WriteOrderMail> {
  constructor(
    private readonly orders: OrderLookup,
    private readonly payments: PaymentLedger,
    private readonly writer: OrderMailWriter,
    private readonly history: OrderHistoryRenewal,
  ) {}

  async handle(payload: WriteOrderMail, context: JobContext): Promise<void> {
    let customerId: string | null = null;
    await context.complete(async (tx) => {
      const order = await this.orders.findForShop(tx, payload.orderId);
      customerId = order?.customerId ?? null;
      if (order === undefined) return;
      const balanceMinor = await this.balanceOf(tx, order);
      await this.writer.write(tx, order, { ...payload, balanceMinor });
    });
    // Nothing waits for Redis while a transaction is open; what is not copied here is copied when it is read.
    if (customerId !== null) await this.history.tryRenew(customerId);
  }

  /** What an edit added that nothing was promised of. */
  private async balanceOf(tx: Transaction, { id, paymentState }: Order): Promise<number> {
    return paymentState === 'balance-due' ? openMinor(await this.payments.list(tx, id)) : 0;
  }
}
