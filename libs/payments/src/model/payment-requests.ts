import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { currentContext, newId } from '#libs/kernel';
import { capturePaymentJob, refundPaymentJob, voidPaymentJob } from './payment-jobs.js';
import { PaymentLedger } from './payment-ledger.js';
import { paymentsErrors } from './payments.errors.js';
import { refundableMinor, type Payment } from './payment.js';
import { PaymentProviders } from './provider/payment-providers.js';
import { planRefund, type AgreedParts, type RefundWish } from './refunds/plan-refund.js';
import type { Refund } from './refunds/refund.js';
import { RefundRepository } from './refunds/refund.repository.js';

export interface RefundRequest {
  readonly wish: RefundWish;
  readonly agreed: AgreedParts;
  readonly reason: string | null;
}

/** The rest of a payment is given back whatever the parts are. */
const NOTHING_AGREED: AgreedParts = { lines: [], shipping: { totalMinor: 0, taxes: [] } };

/**
 * What is asked of a payment that is held ({@link PaymentLedger.hold}), inside the unit of work of its
 * caller. What needs a provider is noted as pending and done by a job; the rest is done at once. All
 * throw `payments.step-refused` where the payment is in no state for it.
 */
@Injectable()
export class PaymentRequests {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly ledger: PaymentLedger,
    private readonly refunds: RefundRepository,
    private readonly providers: PaymentProviders,
  ) {}

  /** Staff saw the money. Not for payments that a provider reports. */
  async confirm(tx: Transaction, payment: Payment): Promise<Payment> {
    const { method, state, amountMinor } = payment;
    if (this.isRemote(payment) || state !== 'pending') {
      throw paymentsErrors.stepRefused({ details: { step: 'confirm', method, state } });
    }
    return (await this.ledger.take(tx, payment, { kind: 'captured', amountMinor })).after;
  }

  /** Null: everything that was authorised. */
  async capture(tx: Transaction, payment: Payment, amountMinor: number | null): Promise<Payment> {
    const step = {
      kind: 'request-capture',
      amountMinor: amountMinor ?? payment.authorisedMinor,
    } as const;
    const { after } = await this.ledger.take(tx, payment, step);
    await tx.enqueue(capturePaymentJob, { paymentId: payment.id, key: newId() });
    return after;
  }

  /** The provider lets go of it; where none knows of it, it ends at once. */
  async void(tx: Transaction, payment: Payment): Promise<Payment> {
    const { after } = await this.ledger.take(tx, payment, { kind: 'request-void' });
    if (payment.providerReference === null) {
      return (await this.ledger.take(tx, after, { kind: 'voided' })).after;
    }
    await tx.enqueue(voidPaymentJob, { paymentId: payment.id, key: newId() });
    return after;
  }

  /** The order will not be delivered: what was taken is given back, what was not is let go. */
  async giveUp(tx: Transaction, payment: Payment, reason: string | null): Promise<Payment> {
    switch (payment.state) {
      case 'voiding':
      case 'voided':
        return payment;
      case 'captured': {
        if (refundableMinor(payment) === 0) return payment;
        const wish = { kind: 'rest' } as const;
        return (await this.refund(tx, payment, { wish, agreed: NOTHING_AGREED, reason })).payment;
      }
      default:
        return this.void(tx, payment);
    }
  }

  /** Throws what {@link planRefund} throws. */
  async refund(
    tx: Transaction,
    payment: Payment,
    { wish, agreed, reason }: RefundRequest,
  ): Promise<{ readonly payment: Payment; readonly refund: Refund }> {
    const earlier = (await this.refunds.list(tx, payment.id)).filter(
      ({ state }) => state !== 'failed',
    );
    const planned = planRefund(wish, agreed, earlier, refundableMinor(payment));
    const { amountMinor } = planned;
    const { after } = await this.ledger.take(tx, payment, { kind: 'request-refund', amountMinor });
    const now = this.clock.wallMs();
    const refund: Refund = {
      id: newId(),
      paymentId: payment.id,
      state: 'pending',
      ...planned,
      reason,
      requestedBy: currentContext()?.actor?.name ?? null,
      providerReference: null,
      failureCode: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.refunds.insert(tx, refund);
    if (this.isRemote(payment)) await tx.enqueue(refundPaymentJob, { refundId: refund.id });
    return { payment: after, refund };
  }

  /** Staff gave the money back: all of the pending refunds. */
  async confirmRefunds(tx: Transaction, payment: Payment): Promise<Payment> {
    const pending = (await this.refunds.list(tx, payment.id)).filter(
      ({ state }) => state === 'pending',
    );
    if (this.isRemote(payment) || pending.length === 0) {
      throw paymentsErrors.stepRefused({
        details: { step: 'confirm-refund', state: payment.state },
      });
    }
    const ending = { state: 'succeeded', providerReference: null, failureCode: null } as const;
    let current = payment;
    for (const { id, amountMinor } of pending) {
      await this.refunds.tryEnd(tx, id, ending, this.clock.wallMs());
      current = (await this.ledger.take(tx, current, { kind: 'refunded', amountMinor })).after;
    }
    return current;
  }

  private isRemote(payment: Payment): boolean {
    return !this.providers.of(payment).isConfirmedByStaff;
  }
}
