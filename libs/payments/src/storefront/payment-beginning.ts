import { Injectable } from '@nestjs/common';
import { PrimaryReader } from '#libs/database';
import { LockstepError } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { PaymentLedger } from '../model/payment-ledger.js';
import type { PaymentMethod } from '../model/payment-method.js';
import { PaymentSights } from '../model/payment-sights.js';
import { openMinor, openPayments, type OrderPayments } from '../model/order-payments.js';
import type { Payment, PaymentState } from '../model/payment.js';
import type { NextAction } from '../model/provider/payment-provider.js';
import { PaymentProviders } from '../model/provider/payment-providers.js';

/** A provider answers within a second; a shopper who has ordered does not wait for one that does not. */
const CHECKOUT_PATIENCE_MS = 3_000;

/** How far a payment is, and what its shopper has to do. */
export interface PaymentStanding {
  readonly method: PaymentMethod;
  readonly state: PaymentState;
  /** What of the order still has to be paid or promised, in minor units: what the next action is about, and more behind it. */
  readonly openMinor: number;
  readonly currency: string;
  readonly nextAction: NextAction;
}

/**
 * Makes payments known to their providers, after the order is there: outside every transaction, and as
 * often as it is asked, with the same outcome. What the provider tells meanwhile is taken in.
 */
@Injectable()
export class PaymentBeginning {
  constructor(
    private readonly database: PrimaryReader,
    private readonly ledger: PaymentLedger,
    private readonly sights: PaymentSights,
    private readonly providers: PaymentProviders,
    private readonly logger: Logger,
  ) {}

  /**
   * Of several payments the oldest one that nothing was promised of is gone on with.
   *
   * Throws `payments.not-found`, `payments.provider-away`, `payments.provider-refused`, and
   * `payments.amount-not-chargeable`.
   */
  async proceed(orderId: string, patienceMs?: number): Promise<PaymentStanding> {
    const payment = currentOf(await this.ledger.list(this.database, orderId));
    const { remote } = this.providers.of(payment);
    if (remote === undefined || payment.state !== 'pending') {
      return this.standing(payment, null);
    }
    const seen = await this.sights.see(payment, patienceMs);
    return this.standing(seen.payment, seen.nextAction);
  }

  /**
   * The same for an order that was placed in the same request and stands whatever the provider says: it is asked
   * once, for three seconds at most, and the shopper can go on later.
   */
  async tryProceed(orderId: string): Promise<PaymentStanding> {
    try {
      return await this.proceed(orderId, CHECKOUT_PATIENCE_MS);
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      this.logger.warn({ err: error, orderId }, 'a payment could not be begun; it can be later');
      return this.standing(currentOf(await this.ledger.list(this.database, orderId)), null);
    }
  }

  private async standing(
    { method, state, currency, orderId }: Payment,
    nextAction: NextAction,
  ): Promise<PaymentStanding> {
    const payments = await this.ledger.list(this.database, orderId);
    return {
      method,
      state,
      openMinor: openMinor(payments),
      currency,
      nextAction: state === 'pending' ? nextAction : null,
    };
  }
}

/** What its shopper has to go on with: the oldest that nothing was promised of, else the one the order was placed with. */
function currentOf(payments: OrderPayments): Payment {
  return openPayments(payments)[0] ?? payments[0];
}
