import { Module } from '@nestjs/common';
import { CardMessages } from './card/card-messages.js';
import { CardPayments } from './card/card-payments.js';
import { CardProvider } from './card/card.provider.js';
import { StripeAccount } from './card/stripe-account.js';
import { PaymentLedger } from './payment-ledger.js';
import { PaymentMoves } from './payment-moves.js';
import { PaymentObservers } from './payment-observers.js';
import { PaymentReports } from './payment-reports.js';
import { PaymentRequests } from './payment-requests.js';
import { PaymentSights } from './payment-sights.js';
import { PaymentRepository } from './payment.repository.js';
import { CreditAccounts } from './provider/credit-accounts.js';
import { InvoiceProvider } from './provider/invoice.provider.js';
import { ManualProvider } from './provider/manual.provider.js';
import { PaymentProviders } from './provider/payment-providers.js';
import { RefundRepository } from './refunds/refund.repository.js';

/** Payments, as both roles and the slices above need them. Needs the database module. */
@Module({
  providers: [
    CreditAccounts,
    InvoiceProvider,
    ManualProvider,
    StripeAccount,
    CardPayments,
    CardProvider,
    CardMessages,
    PaymentProviders,
    PaymentRepository,
    RefundRepository,
    PaymentObservers,
    PaymentLedger,
    PaymentMoves,
    PaymentReports,
    PaymentRequests,
    PaymentSights,
  ],
  exports: [
    CardMessages,
    CreditAccounts,
    PaymentProviders,
    PaymentRepository,
    RefundRepository,
    PaymentObservers,
    PaymentLedger,
    PaymentReports,
    PaymentRequests,
    PaymentSights,
  ],
})
export class PaymentsModelModule {}
