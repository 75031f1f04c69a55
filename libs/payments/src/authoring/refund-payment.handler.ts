import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { PrimaryReader } from '#libs/database';
import { refundPaymentJob } from '../model/payment-jobs.js';
import { PaymentReports } from '../model/payment-reports.js';
import { PaymentRepository } from '../model/payment.repository.js';
import { PaymentProviders } from '../model/provider/payment-providers.js';
import { RefundRepository } from '../model/refunds/refund.repository.js';

type Payload = z.infer<typeof refundPaymentJob.schema>;

/**
 * Gives money back at the provider, outside every transaction, and notes what came of it in the transaction
 * that ends the job. A run that ended in between is repeated, and finds the refund by its id.
 */
@Injectable()
@JobHandler(refundPaymentJob)
export class RefundPaymentHandler implements HandlesJob<Payload> {
  constructor(
    private readonly database: PrimaryReader,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly providers: PaymentProviders,
    private readonly reports: PaymentReports,
  ) {}

  async handle({ refundId }: Payload, context: JobContext): Promise<void> {
    const refund = await this.refunds.find(this.database, refundId);
    if (refund?.state !== 'pending') return context.complete();
    const payment = await this.payments.findById(this.database, refund.paymentId);
    if (payment === undefined) return context.complete();
    const sight = await this.providers.remoteOf(payment).refund(payment, refund);
    const { amountMinor } = refund;
    await context.complete(async (tx) => {
      await this.reports.takeRefund(tx, payment, { refundId, amountMinor, sight });
    });
  }
}
