import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { currentContext, newId } from '#libs/kernel';
import { capturePaymentJob, refundPaymentJob, voidPaymentJob } from './payment-jobs.js';
import { PaymentLedger } from './payment-ledger.js';
import { capturableMinor } from './payment-step.js';
import { dueMinor, type Payment } from './payment.js';
import { PaymentProviders } from './provider/payment-providers.js';
import type { PlannedRefund } from './refunds/plan-refund.js';
import { newRefund, type Refund } from './refunds/refund.js';
import { RefundRepository } from './refunds/refund.repository.js';

/**
 * What is done to one payment that is held, inside the unit of work of its caller. What needs a provider is noted as pending and
 * done by a job; the rest is done at once. All throw `payments.step-refused` where the payment is in no state for it.
 */
@Injectable()
export class PaymentMoves {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly ledger: PaymentLedger,
    private readonly refunds: RefundRepository,
    private readonly providers: PaymentProviders,
  ) {}

  /** A provider sees to its money. */
  isRemote(payment: Payment): boolean {
    return !this.providers.of(payment).isConfirmedByStaff;
  }

  /** Staff saw what is owed of it. */
  async confirm(tx: Transaction, payment: Payment): Promise<Payment> {
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

  /** So much is no longer owed, and was not taken; a payment that nothing is owed of any more is let go. */
  async waive(
    tx: Transaction,
    payment: Payment,
    planned: PlannedRefund,
    reason: string | null,
  ): Promise<Payment> {
    const step = { kind: 'waive', amountMinor: planned.amountMinor } as const;
    const { after } = await this.ledger.take(tx, payment, step);
    await this.note(tx, payment, { ...planned, state: 'waived', reason });
    return dueMinor(after) === 0 ? this.void(tx, after) : after;
  }

  /** So much of what was taken is given back. */
  async giveBack(
    tx: Transaction,
    payment: Payment,
    planned: PlannedRefund,
    reason: string | null,
  ): Promise<Payment> {
    const step = { kind: 'request-refund', amountMinor: planned.amountMinor } as const;
    const { after } = await this.ledger.take(tx, payment, step);
    const refund = await this.note(tx, payment, { ...planned, state: 'pending', reason });
    if (this.isRemote(payment)) await tx.enqueue(refundPaymentJob, { refundId: refund.id });
    return after;
  }

  /** Staff gave the money of refunds back that are pending. */
  async confirmRefunds(
    tx: Transaction,
    payment: Payment,
    pending: readonly Refund[],
  ): Promise<Payment> {
    const ending = { state: 'succeeded', providerReference: null, failureCode: null } as const;
    let current = payment;
    for (const { id, amountMinor } of pending) {
      await this.refunds.tryEnd(tx, id, ending, this.clock.wallMs());
      current = (await this.ledger.take(tx, current, { kind: 'refunded', amountMinor })).after;
    }
    return current;
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
}
