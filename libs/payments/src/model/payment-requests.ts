import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { currentContext, newId } from '#libs/kernel';
import { capturePaymentJob, refundPaymentJob, voidPaymentJob } from './payment-jobs.js';
import { amendmentOf, type AmendedTotal, type AmendmentRefusal } from './amendment.js';
import { PaymentLedger } from './payment-ledger.js';
import { paymentsErrors } from './payments.errors.js';
import { capturableMinor } from './payment-step.js';
import { dueMinor, refundableMinor, type Payment } from './payment.js';
import { PaymentProviders } from './provider/payment-providers.js';
import {
  planLoss,
  planRefund,
  type AgreedParts,
  type PlannedRefund,
  type RefundWish,
  type WantedItem,
} from './refunds/plan-refund.js';
import { newRefund, type ReducedShare, type Refund } from './refunds/refund.js';
import { RefundRepository } from './refunds/refund.repository.js';

export interface RefundRequest {
  readonly wish: RefundWish;
  readonly agreed: AgreedParts;
  readonly reason: string | null;
}

/** What an edit makes of an order. */
export interface AmendRequest extends AmendedTotal {
  /** What it takes off, by how it is taxed; all of it together is the difference of the totals. */
  readonly reduced: readonly ReducedShare[];
  readonly reason: string | null;
}

/** Pieces that will not be delivered, or came back. */
export interface LostItems {
  readonly items: readonly WantedItem[];
  /** How many pieces each line has lost by now, these included; by the number of the line. */
  readonly lost: ReadonlyMap<number, number>;
  readonly agreed: AgreedParts;
  readonly reason: string | null;
}

/** Why an order cannot come to another total, for people. */
const REFUSALS: Readonly<Record<AmendmentRefusal, string>> = {
  'nothing-left': 'The order would come to nothing: cancel it',
  'money-moved':
    'What was taken of the order and stays, or is owed, is not what it comes to: cancel pieces, or give money back',
  'total-rises':
    'What was paid, promised or asked of a provider cannot become more: place a further order',
  'under-way': 'The payment is being taken or let go of: try again when that has ended',
};

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
    const { method, state } = payment;
    if (this.isRemote(payment) || state !== 'pending') {
      throw paymentsErrors.stepRefused({ details: { step: 'confirm', method, state } });
    }
    const report = { kind: 'captured', amountMinor: dueMinor(payment) } as const;
    return (await this.ledger.take(tx, payment, report)).after;
  }

  /** Null: everything that was authorised and is still owed. */
  async capture(tx: Transaction, payment: Payment, amountMinor: number | null): Promise<Payment> {
    const step = {
      kind: 'request-capture',
      amountMinor: amountMinor ?? capturableMinor(payment),
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
    const earlier = await this.standing(tx, payment);
    const planned = planRefund(wish, agreed, earlier, refundableMinor(payment));
    return this.giveBack(tx, payment, planned, reason);
  }

  /**
   * Takes off what lost pieces came to: what was taken is given back, and what was not is no longer owed;
   * a payment that nothing is owed of any more is let go. What was given back before for pieces of a line counts
   * for its lost ones first ({@link planLoss}).
   */
  async takeOff(
    tx: Transaction,
    payment: Payment,
    { items, lost, agreed, reason }: LostItems,
  ): Promise<Payment> {
    if (payment.state === 'voiding' || payment.state === 'voided') return payment;
    const isTaken = payment.state === 'captured';
    const leftMinor = isTaken ? refundableMinor(payment) : dueMinor(payment);
    const earlier = await this.standing(tx, payment);
    const planned = planLoss(items, lost, agreed, earlier, leftMinor);
    if (planned === undefined) return payment;
    if (isTaken) return (await this.giveBack(tx, payment, planned, reason)).payment;
    const step = { kind: 'waive', amountMinor: planned.amountMinor } as const;
    const { after } = await this.ledger.take(tx, payment, step);
    await this.note(tx, payment, { ...planned, state: 'waived', reason });
    return dueMinor(after) === 0 ? this.void(tx, after) : after;
  }

  /**
   * The order comes to another total ({@link amendmentOf}): it is asked for, the difference is no longer owed, or is given back.
   */
  async amend(
    tx: Transaction,
    payment: Payment,
    { reduced, reason, ...totals }: AmendRequest,
  ): Promise<Payment> {
    const amendment = amendmentOf(payment, !this.isRemote(payment), totals);
    switch (amendment.kind) {
      case 'none':
        return payment;
      case 'ask-for':
        return this.ledger.amend(tx, payment, amendment.amountMinor);
      case 'waive': {
        const { amountMinor } = amendment;
        const { after } = await this.ledger.take(tx, payment, { kind: 'waive', amountMinor });
        const parts = { items: [], shipping: null, reduced };
        await this.note(tx, payment, { amountMinor, parts, state: 'waived', reason });
        return after;
      }
      case 'give-back': {
        const { amountMinor } = amendment;
        const parts = { items: [], shipping: null, reduced };
        return (await this.giveBack(tx, payment, { amountMinor, parts }, reason)).payment;
      }
      case 'refused': {
        const { method, state } = payment;
        const { because } = amendment;
        throw paymentsErrors.stepRefused({
          message: REFUSALS[because],
          details: { step: 'amend', because, method, state },
        });
      }
    }
  }

  /** Gives back what was taken beyond what is owed: a provider may take what it was promised at first. */
  async giveBackExcess(tx: Transaction, payment: Payment, reason: string): Promise<Payment> {
    const amountMinor = refundableMinor(payment) - dueMinor(payment);
    if (amountMinor <= 0) return payment;
    const wish = { kind: 'amount', amountMinor } as const;
    return (await this.refund(tx, payment, { wish, agreed: NOTHING_AGREED, reason })).payment;
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

  /** What was given back, or is about to be, or is no longer owed. */
  private async standing(tx: Transaction, payment: Payment): Promise<Refund[]> {
    return (await this.refunds.list(tx, payment.id)).filter(({ state }) => state !== 'failed');
  }

  private async giveBack(
    tx: Transaction,
    payment: Payment,
    planned: PlannedRefund,
    reason: string | null,
  ): Promise<{ readonly payment: Payment; readonly refund: Refund }> {
    const step = { kind: 'request-refund', amountMinor: planned.amountMinor } as const;
    const { after } = await this.ledger.take(tx, payment, step);
    const refund = await this.note(tx, payment, { ...planned, state: 'pending', reason });
    if (this.isRemote(payment)) await tx.enqueue(refundPaymentJob, { refundId: refund.id });
    return { payment: after, refund };
  }

  private async note(
    tx: Transaction,
    { id: paymentId }: Payment,
    of: PlannedRefund & Pick<Refund, 'state' | 'reason'>,
  ): Promise<Refund> {
    const requestedBy = currentContext()?.actor?.name ?? null;
    const refund = newRefund({ ...of, paymentId, requestedBy }, this.clock.wallMs());
    await this.refunds.insert(tx, refund);
    return refund;
  }

  private isRemote(payment: Payment): boolean {
    return !this.providers.of(payment).isConfirmedByStaff;
  }
}
