import { Injectable } from '@nestjs/common';
import { CardProvider } from '../card/card.provider.js';
import { paymentMethods, type PaymentMethod } from '../payment-method.js';
import { paymentsErrors } from '../payments.errors.js';
import { InvoiceProvider } from './invoice.provider.js';
import { ManualProvider } from './manual.provider.js';
import type { PaymentProvider, RemotePayments } from './payment-provider.js';

/** The ways to pay that there are. */
@Injectable()
export class PaymentProviders {
  private readonly byMethod: Readonly<Record<PaymentMethod, PaymentProvider>>;

  constructor(invoice: InvoiceProvider, manual: ManualProvider, card: CardProvider) {
    this.byMethod = { invoice, manual, card };
  }

  /** What shoppers can choose from. */
  get available(): readonly PaymentMethod[] {
    return paymentMethods.filter((method) => this.byMethod[method].isAvailable);
  }

  of({ method }: { readonly method: PaymentMethod }): PaymentProvider {
    return this.byMethod[method];
  }

  /** Throws `payments.not-configured` for one that the configuration no longer names. */
  remoteOf(payment: { readonly method: PaymentMethod }): RemotePayments {
    const { remote } = this.of(payment);
    if (remote === undefined) throw paymentsErrors.notConfigured();
    return remote;
  }

  /** Throws `payments.method-unavailable`. */
  assertAvailable(method: PaymentMethod): void {
    if (this.byMethod[method].isAvailable) return;
    throw paymentsErrors.methodUnavailable({ details: { available: this.available } });
  }
}
