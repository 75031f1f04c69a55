import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { PaymentLedger } from './payment-ledger.js';
import { PaymentObservers, type PaymentHappening } from './payment-observers.js';
import type { PaymentReport } from './payment-step.js';
import { PaymentRepository } from './payment.repository.js';
import { paymentsErrors } from './payments.errors.js';
import type { ProviderSight, RefundSight } from './provider/payment-provider.js';
import { RefundRepository } from './refunds/refund.repository.js';

const HAPPENINGS: Readonly<Record<PaymentReport['kind'], PaymentHappening>> = {
  authorised: 'payment-authorised',
  captured: 'payment-captured',
  'capture-failed': 'capture-failed',
  voided: 'payment-voided',
};

export interface SightedPayment {
  readonly orderId: string;
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
  async takePayment(tx: Transaction, { orderId, sight }: SightedPayment): Promise<boolean> {
    const held = await this.ledger.hold(tx, orderId);
    if (held.providerReference !== sight.reference) {
      const isOwn = await this.payments.tryAttach(
        tx,
        held.id,
        sight.reference,
        this.clock.wallMs(),
      );
      if (!isOwn) throw paymentsErrors.stepRefused({ details: { state: held.state } });
    }
    const payment = await this.ledger.get(tx, orderId);
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

  /** Answers whether anything changed. Throws `payments.refund-not-found`. */
  async takeRefund(
    tx: Transaction,
    orderId: string,
    refundId: string,
    sight: RefundSight,
  ): Promise<boolean> {
    const payment = await this.ledger.hold(tx, orderId);
    const refund = await this.refunds.find(tx, refundId);
    if (refund === undefined || refund.paymentId !== payment.id) {
      throw paymentsErrors.refundNotFound();
    }
    const now = this.clock.wallMs();
    if (sight.state === 'pending') {
      if (refund.providerReference !== sight.providerReference) {
        await this.refunds.attach(tx, refundId, sight.providerReference, now);
      }
      return false;
    }
    if (!(await this.refunds.tryEnd(tx, refundId, sight, now))) return false;
    const isDone = sight.state === 'succeeded';
    const { amountMinor } = refund;
    const step = { kind: isDone ? 'refunded' : 'refund-failed', amountMinor } as const;
    const change = await this.ledger.take(tx, payment, step);
    await this.observers.tell(tx, change, isDone ? 'refund-succeeded' : 'refund-failed');
    return true;
  }
}
