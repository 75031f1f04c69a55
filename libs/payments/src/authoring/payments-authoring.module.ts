import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { PaymentsModelModule } from '../model/payments-model.module.js';
import { CapturePaymentHandler } from './capture-payment.handler.js';
import { PaymentEventPruner } from './payment-event.pruner.js';
import { RefundPaymentHandler } from './refund-payment.handler.js';
import { VoidPaymentHandler } from './void-payment.handler.js';
import { paymentsPersonalData } from './payments-personal-data.js';

/** The jobs of payments. Needs the database and jobs modules. */
@Module({
  imports: [PaymentsModelModule],
  providers: [CapturePaymentHandler, VoidPaymentHandler, RefundPaymentHandler, PaymentEventPruner],
})
@TellsPersonalData(paymentsPersonalData)
export class PaymentsAuthoringModule {}
