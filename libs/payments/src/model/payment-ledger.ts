import { Injectable } from '@nestjs/common';
import { DatabaseClock, type SqlQueries, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import { paymentAfter, type PaymentStep } from './payment-step.js';
import type { PaymentMethod } from './payment-method.js';
import { PaymentRepository } from './payment.repository.js';
import { paymentsErrors } from './payments.errors.js';
import type { OrderPayments } from './order-payments.js';
import type { Balance, Payment } from './payment.js';
import { PaymentProviders } from './provider/payment-providers.js';

export interface NewPayment {
  readonly orderId: string;
  readonly method: PaymentMethod;
  readonly currency: string;
  readonly amountMinor: number;
  /** What an edit added; absent: the order is placed with it. */
  readonly balance?: Balance | null;
}

/** Names a payment and its order, whose lock it is under. */
export type PaymentAddress = Pick<Payment, 'id' | 'orderId'>;

export interface PaymentChange {
  readonly before: Payment;
  readonly after: Payment;
  readonly isChanged: boolean;
}

/**
 * Where payments begin and change, each inside the unit of work of its caller and under the lock of its
 * order: the state machine decides, and the statement that writes checks the sums again.
 */
@Injectable()
export class PaymentLedger {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly payments: PaymentRepository,
    private readonly providers: PaymentProviders,
  ) {}

  /** The payment of a new order, or a balance. What costs nothing is paid. Throws `payments.method-unavailable`. */
  async open(
    tx: Transaction,
    { amountMinor, balance = null, ...of }: NewPayment,
  ): Promise<Payment> {
    this.providers.assertAvailable(of.method);
    const now = this.clock.wallMs();
    const payment: Payment = {
      id: newId(),
      ...of,
      balance,
      amountMinor,
      state: amountMinor === 0 ? 'captured' : 'pending',
      waivedMinor: 0,
      authorisedMinor: 0,
      capturePendingMinor: 0,
      capturedMinor: 0,
      refundPendingMinor: 0,
      refundedMinor: 0,
      providerReference: null,
      failureCode: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await this.payments.insert(tx, payment);
    if (payment.state === 'pending') await this.providers.of(payment).opened?.(tx, payment);
    return payment;
  }

  /**
   * Holds everybody else off the payment of an order until the unit of work ends. Comes before the first
   * write to the order, so that two units of work never wait for each other.
   */
  lock(tx: Transaction, orderId: string): Promise<void> {
    return tx.lock(`payment:${orderId}`);
  }

  /** Locks and reads all payments of an order. Throws `payments.not-found`. */
  async holdAll(tx: Transaction, orderId: string): Promise<OrderPayments> {
    await this.lock(tx, orderId);
    return this.list(tx, orderId);
  }

  /** All payments of an order. Throws `payments.not-found`. */
  async list(queries: SqlQueries, orderId: string): Promise<OrderPayments> {
    return existing(await this.payments.findAllOfOrder(queries, orderId));
  }

  /** Locks the order and reads one of its payments. Throws `payments.not-found`. */
  async holdOne(tx: Transaction, { id, orderId }: PaymentAddress): Promise<Payment> {
    await this.lock(tx, orderId);
    return this.getOne(tx, id);
  }

  /** Throws `payments.not-found`. */
  async getOne(queries: SqlQueries, id: string): Promise<Payment> {
    return existing(await this.payments.findById(queries, id));
  }

  /** Locks, and reads the payment that the order was placed with. Throws `payments.not-found`. */
  async hold(tx: Transaction, orderId: string): Promise<Payment> {
    await this.lock(tx, orderId);
    return this.get(tx, orderId);
  }

  /** The one that the order was placed with. Throws `payments.not-found`. */
  async get(queries: SqlQueries, orderId: string): Promise<Payment> {
    return existing(await this.payments.findOfOrder(queries, orderId));
  }

  /**
   * Another amount is asked for with a payment that is held and that no provider knows of. An account that was charged is charged
   * with the difference, or gets it back. Throws `payments.step-refused`, and what that account throws.
   */
  async amend(tx: Transaction, before: Payment, amountMinor: number): Promise<Payment> {
    const provider = this.providers.of(before);
    const now = this.clock.wallMs();
    const isDone =
      provider.isConfirmedByStaff &&
      amountMinor > 0 &&
      (await this.payments.tryAmend(tx, before, amountMinor, now));
    if (!isDone) {
      const { method, state } = before;
      throw paymentsErrors.stepRefused({ details: { step: 'amend', method, state } });
    }
    const after = { ...before, amountMinor, version: before.version + 1, updatedAt: now };
    await provider.amended?.(tx, before, after);
    return after;
  }

  /**
   * Takes a step with a payment that is held. A report that tells nothing new changes nothing. Throws
   * `payments.step-refused`.
   */
  async take(
    tx: Transaction,
    before: Payment,
    step: PaymentStep,
    failureCode: string | null = null,
  ): Promise<PaymentChange> {
    const outcome = paymentAfter(before, step);
    if (outcome.kind === 'unchanged') return { before, after: before, isChanged: false };
    const now = this.clock.wallMs();
    const isDone =
      outcome.kind === 'changed' &&
      (await this.payments.tryChange(tx, before, { ...outcome.after, failureCode }, now));
    if (!isDone) {
      throw paymentsErrors.stepRefused({ details: { step: step.kind, state: before.state } });
    }
    const after: Payment = {
      ...before,
      ...outcome.after,
      failureCode,
      version: before.version + 1,
      updatedAt: now,
    };
    await this.providers.of(before).changed?.(tx, before, after);
    return { before, after, isChanged: true };
  }
}

function existing<T>(found: T | undefined): T {
  if (found === undefined) throw paymentsErrors.notFound();
  return found;
}
