import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { PaymentLedger } from './payment-ledger.js';
import { PaymentReports } from './payment-reports.js';
import type { Payment } from './payment.js';
import type { NextAction } from './provider/payment-provider.js';
import { PaymentProviders } from './provider/payment-providers.js';

/** A payment as its provider knows it by now. */
export interface SeenPayment {
  readonly payment: Payment;
  readonly nextAction: NextAction;
}

/** Asks providers about payments that nothing was authorised of yet, and takes in what they say. */
@Injectable()
export class PaymentSights {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: PaymentLedger,
    private readonly reports: PaymentReports,
    private readonly providers: PaymentProviders,
  ) {}

  /**
   * Makes the payment known to its provider, or looks at the one that it knows; with `patienceMs` once, and for no
   * longer. Never inside a unit of work. Throws `payments.not-configured`, `payments.provider-away`,
   * `payments.provider-refused` and `payments.amount-not-chargeable`.
   */
  async see(payment: Payment, patienceMs?: number): Promise<SeenPayment> {
    const sight = await this.providers.remoteOf(payment).begin(payment, patienceMs);
    const { nextAction } = sight;
    const isKnown =
      payment.providerReference === sight.reference &&
      payment.failureCode === sight.failureCode &&
      sight.report === undefined;
    if (isKnown) return { payment, nextAction };
    const after = await this.unitOfWork.run(async (tx) => {
      await this.reports.takePayment(tx, { of: payment, sight });
      return this.ledger.getOne(tx, payment.id);
    });
    return { payment: after, nextAction };
  }
}
