import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import {
  PaymentObservers,
  PaymentRequests,
  type Payment,
  type PaymentChange,
  type PaymentHappening,
  type PaymentObserver,
} from '#libs/payments';
import { OrderMoves } from './order-moves.js';
import { paymentStateOf } from './order-state.js';

const CANCELLED = 'the order was cancelled before the money arrived';
const EXCESS = 'more was taken than the order comes to by now';

/**
 * Keeps orders true to their payments: what a provider says of one goes into the state and the history of
 * its order in the same transaction. Money that arrives for a cancelled order, or for pieces that were cancelled
 * before, is given back.
 */
@Injectable()
export class OrderPaymentObserver implements PaymentObserver, OnModuleInit {
  constructor(
    private readonly observers: PaymentObservers,
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
    const { orderId } = payment;
    const paymentState = paymentStateOf(payment);
    const reason = payment.failureCode;
    const order = await this.moves.follow(tx, orderId, paymentState, { action: happening, reason });
    if (order === undefined) return;
    tx.notify('permission:orders:order:read', {
      type: 'order-payment-changed',
      payload: { id: orderId, number: order.number, store: order.storeCode, paymentState },
    });
    if (happening === 'payment-captured') {
      await this.giveBack(tx, payment, order.state === 'cancelled');
    }
  }

  private async giveBack(tx: Transaction, payment: Payment, isCancelled: boolean): Promise<void> {
    const reason = isCancelled ? CANCELLED : EXCESS;
    const after = isCancelled
      ? await this.requests.giveUp(tx, payment, reason)
      : await this.requests.giveBackExcess(tx, payment, reason);
    if (after === payment) return;
    await this.moves.follow(tx, payment.orderId, paymentStateOf(after), {
      action: 'refund',
      reason,
    });
  }
}
