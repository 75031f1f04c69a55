import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import {
  PaymentObservers,
  PaymentRequests,
  type PaymentChange,
  type PaymentHappening,
  type PaymentObserver,
} from '#libs/payments';
import { OrderMoves } from './order-moves.js';
import { paymentStateOf } from './order-state.js';

const REASON = 'the order was cancelled before the money arrived';

/**
 * Keeps orders true to their payments: what a provider says of one goes into the state and the history of
 * its order in the same transaction. Money that arrives for a cancelled order is given back.
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
    if (order.state !== 'cancelled' || happening !== 'payment-captured') return;
    const owed = paymentStateOf(await this.requests.giveUp(tx, payment, REASON));
    await this.moves.follow(tx, orderId, owed, { action: 'refund', reason: REASON });
  }
}
