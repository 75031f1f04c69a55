import { Module } from '@nestjs/common';
import { PaymentsModelModule } from '../model/payments-model.module.js';
import { PaymentEventPruner } from './payment-event.pruner.js';

/** The jobs of payments. Needs the database and jobs modules. */
@Module({ imports: [PaymentsModelModule], providers: [PaymentEventPruner] })
export class PaymentsAuthoringModule {}
