import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { PrimaryReader } from '#libs/database';
import { voidPaymentJob } from '../model/payment-jobs.js';
import { PaymentReports } from '../model/payment-reports.js';
import { PaymentRepository } from '../model/payment.repository.js';
import { PaymentProviders } from '../model/provider/payment-providers.js';

type Payload = z.infer<typeof voidPaymentJob.schema>;

/**
 * Lets go of a payment at the provider. When the shopper was quicker the money is noted as taken, and the slice that
 * keeps the order decides what becomes of it. A payment that had ended before the provider knew of it is let
 * go of too.
 */
@Injectable()
@JobHandler(voidPaymentJob)
export class VoidPaymentHandler implements HandlesJob<Payload> {
  constructor(
    private readonly database: PrimaryReader,
    private readonly payments: PaymentRepository,
    private readonly providers: PaymentProviders,
    private readonly reports: PaymentReports,
  ) {}

  async handle({ paymentId, key }: Payload, context: JobContext): Promise<void> {
    const payment = await this.payments.findById(this.database, paymentId);
    const isLetGo = payment?.state === 'voiding' || payment?.state === 'voided';
    if (payment === undefined || !isLetGo) return context.complete();
    const sight = await this.providers.remoteOf(payment).void(payment, key);
    await context.complete(async (tx) => {
      await this.reports.takePayment(tx, { of: payment, sight });
    });
  }
}
