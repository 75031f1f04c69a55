import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import {
  dueMinor,
  isLetGo,
  PaymentLedger,
  PaymentObservers,
  PaymentRequests,
  type OrderPayments,
  type Payment,
  type PaymentChange,
  type PaymentHappening,
  type PaymentObserver,
} from '#libs/payments';
import { OrderMoves, type OrderMove } from './order-moves.js';
import { paymentStateOf } from './order-state.js';

const CANCELLED = 'the order was cancelled before the money arrived';
const EXCESS = 'more was taken than the order comes to by now';

/**
 * Keeps orders true to their payments: what a provider says of one goes into the state and the history of
 * its order in the same transaction. Money that arrives for a cancelled order, or for pieces that were cancelled
 * before, is given back; a balance that its provider has let go of is asked for anew, for the order is the same.
 */
@Injectable()
export class OrderPaymentObserver implements PaymentObserver, OnModuleInit {
  constructor(
    private readonly observers: PaymentObservers,
    private readonly ledger: PaymentLedger,
    private readonly moves: OrderMoves,
    private readonly requests: PaymentRequests,
  ) {}

  onModuleInit(): void {
    this.observers.register(this);
  }

  async paymentChanged(
    tx: Transaction,
    { after: payment }: PaymentChange,
    happening: PaymentHappening,
  ): Promise<void> {
    const { orderId, failureCode: reason } = payment;
    const payments = await this.ledger.list(tx, orderId);
    const paymentState = paymentStateOf(payments);
    const order = await this.moves.follow(tx, orderId, paymentState, { action: happening, reason });
    if (order === undefined) return;
    tx.notify('permission:orders:order:read', {
      type: 'order-payment-changed',
      payload: { id: orderId, number: order.number, store: order.storeCode, paymentState },
    });
    const isCancelled = order.state === 'cancelled';
    if (happening === 'payment-captured') await this.giveBack(tx, payment, isCancelled);
    if (happening === 'payment-voided' && !isCancelled) await this.askAnew(tx, payments, payment);
  }

  private async giveBack(tx: Transaction, payment: Payment, isCancelled: boolean): Promise<void> {
    const reason = isCancelled ? CANCELLED : EXCESS;
    const after = isCancelled
      ? await this.requests.giveUpOne(tx, payment, reason)
      : await this.requests.giveBackExcess(tx, payment, reason);
    if (after === payment) return;
    await this.follow(tx, payment, { action: 'refund', reason });
  }

  /** Of an order whose first payment was let go of nothing more is asked for: the order ends. */
  private async askAnew(tx: Transaction, payments: OrderPayments, payment: Payment): Promise<void> {
    if (payment.balance === null || dueMinor(payment) === 0 || isLetGo(payments[0])) return;
    await this.requests.askAnew(tx, payments, payment);
    await this.follow(tx, payment, { action: 'balance-asked', reason: null });
  }

  private async follow(tx: Transaction, { orderId }: Payment, move: OrderMove): Promise<void> {
    const payments = await this.ledger.list(tx, orderId);
    await this.moves.follow(tx, orderId, paymentStateOf(payments), move);
  }
}
