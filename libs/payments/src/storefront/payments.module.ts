import { Module } from '@nestjs/common';
import { PaymentsModelModule } from '../model/payments-model.module.js';
import { CardInbox } from './card-inbox.js';
import { PaymentBeginning } from './payment-beginning.js';

/** Payments as shoppers and providers meet them. Needs the database module. */
@Module({
  imports: [PaymentsModelModule],
  providers: [PaymentBeginning, CardInbox],
  exports: [PaymentsModelModule, PaymentBeginning, CardInbox],
})
export class PaymentsModule {}
