import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import { voidPaymentJob } from './payment-jobs.js';
import { PaymentLedger, type PaymentAddress } from './payment-ledger.js';
import { PaymentObservers, type PaymentHappening } from './payment-observers.js';
import type { PaymentReport } from './payment-step.js';
import { PaymentRepository } from './payment.repository.js';
import { paymentsErrors } from './payments.errors.js';
import type { Payment } from './payment.js';
import type { ProviderSight, RefundSight } from './provider/payment-provider.js';
import { newRefund, type Refund } from './refunds/refund.js';
import { RefundRepository } from './refunds/refund.repository.js';

const HAPPENINGS: Readonly<Record<PaymentReport['kind'], PaymentHappening>> = {
  authorised: 'payment-authorised',
  captured: 'payment-captured',
  'capture-failed': 'capture-failed',
  voided: 'payment-voided',
};

export interface SightedRefund {
  /** Null: the provider names none, for it was not asked from here. */
  readonly refundId: string | null;
  readonly amountMinor: number;
  readonly sight: RefundSight;
}

export interface SightedPayment {
  readonly of: PaymentAddress;
  readonly sight: Pick<ProviderSight, 'reference' | 'report' | 'failureCode'>;
}

/**
 * Takes in what providers say of payments and refunds, whoever asked or was told: a request, a job, a
 * message. Everything may come twice, early or late; what was known already changes nothing.
 */
@Injectable()
export class PaymentReports {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly ledger: PaymentLedger,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly observers: PaymentObservers,
  ) {}

  /**
   * Answers whether anything changed. A sight of another payment than the one the provider was asked for
   * is refused with `payments.step-refused`.
   */
  async takePayment(tx: Transaction, { of, sight }: SightedPayment): Promise<boolean> {
    const held = await this.ledger.holdOne(tx, of);
    if (held.providerReference !== sight.reference) {
      const isOwn = await this.payments.tryAttach(
        tx,
        held.id,
        sight.reference,
        this.clock.wallMs(),
      );
      if (!isOwn) throw paymentsErrors.stepRefused({ details: { state: held.state } });
      // It ended while it was being made known: nobody was told how to pay it, and it is let go of.
      if (held.state === 'voided') {
        await tx.enqueue(voidPaymentJob, { paymentId: held.id, key: newId() });
      }
    }
    const payment = await this.ledger.getOne(tx, of.id);
    const { report, failureCode } = sight;
    if (report === undefined) {
      const isNews = payment.state === 'pending' && payment.failureCode !== failureCode;
      if (!isNews) return false;
      return this.payments.tryChange(tx, payment, { ...payment, failureCode }, this.clock.wallMs());
    }
    const change = await this.ledger.take(tx, payment, report, failureCode);
    if (change.isChanged) await this.observers.tell(tx, change, HAPPENINGS[report.kind]);
    return change.isChanged;
  }

  /**
   * Answers whether anything changed. A refund that was made at the provider, and not here, is noted. Throws
   * `payments.step-refused` when more was given back than was taken.
   */
  async takeRefund(tx: Transaction, of: PaymentAddress, sighted: SightedRefund): Promise<boolean> {
    const { sight } = sighted;
    const known = await this.findRefund(tx, await this.ledger.holdOne(tx, of), sighted);
    if (known === undefined && sight.state === 'failed') return false;
    const refund = known ?? (await this.noteRefund(tx, of.id, sighted));
    const now = this.clock.wallMs();
    if (sight.state === 'pending') {
      if (refund.providerReference !== sight.providerReference) {
        await this.refunds.attach(tx, refund.id, sight.providerReference, now);
      }
      return known === undefined;
    }
    if (!(await this.refunds.tryEnd(tx, refund.id, sight, now))) return false;
    const { amountMinor } = refund;
    const payment = await this.ledger.getOne(tx, of.id);
    if (amountMinor > payment.refundPendingMinor) throw paymentsErrors.refundOutOfStep();
    const isDone = sight.state === 'succeeded';
    const step = { kind: isDone ? 'refunded' : 'refund-failed', amountMinor } as const;
    const change = await this.ledger.take(tx, payment, step);
    await this.observers.tell(tx, change, isDone ? 'refund-succeeded' : 'refund-failed');
    return true;
  }

  private async findRefund(
    tx: Transaction,
    payment: Payment,
    { refundId, sight }: SightedRefund,
  ): Promise<Refund | undefined> {
    const all = await this.refunds.list(tx, payment.id);
    const byId = all.find(({ id }) => id === refundId);
    if (byId !== undefined || sight.providerReference === null) return byId;
    return all.find(({ providerReference }) => providerReference === sight.providerReference);
  }

  private async noteRefund(
    tx: Transaction,
    paymentId: string,
    { amountMinor, sight }: SightedRefund,
  ): Promise<Refund> {
    const payment = await this.ledger.getOne(tx, paymentId);
    const change = await this.ledger.take(tx, payment, { kind: 'request-refund', amountMinor });
    const { providerReference } = sight;
    const refund = newRefund(
      {
        paymentId: payment.id,
        state: 'pending',
        amountMinor,
        parts: { items: [], shipping: null },
        providerReference,
      },
      this.clock.wallMs(),
    );
    await this.refunds.insert(tx, refund);
    await this.observers.tell(tx, change, 'refund-at-provider');
    return refund;
  }
}
