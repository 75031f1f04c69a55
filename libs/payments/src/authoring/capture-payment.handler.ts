import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { PrimaryReader } from '#libs/database';
import { capturePaymentJob } from '../model/payment-jobs.js';
import { PaymentReports } from '../model/payment-reports.js';
import { PaymentRepository } from '../model/payment.repository.js';
import { PaymentProviders } from '../model/provider/payment-providers.js';

type Payload = z.infer<typeof capturePaymentJob.schema>;

/**
 * Captures at the provider, outside every transaction, and notes what came of it in the transaction that ends
 * the job. A run that ended in between is repeated with the same key, and finds the payment captured.
 */
@Injectable()
@JobHandler(capturePaymentJob)
export class CapturePaymentHandler implements HandlesJob<Payload> {
  constructor(
    private readonly database: PrimaryReader,
    private readonly payments: PaymentRepository,
    private readonly providers: PaymentProviders,
    private readonly reports: PaymentReports,
  ) {}

  async handle({ paymentId, key }: Payload, context: JobContext): Promise<void> {
    const payment = await this.payments.findById(this.database, paymentId);
    if (payment?.state !== 'capturing') return context.complete();
    const sight = await this.providers.remoteOf(payment).capture(payment, key);
    await context.complete(async (tx) => {
      await this.reports.takePayment(tx, { of: payment, sight });
    });
  }
}
