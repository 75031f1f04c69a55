import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import {
  PaymentObservers,
  PaymentRequests,
  type PaymentChange,
  type PaymentHappening,
  type PaymentObserver,
} from '#libs/payments';
import { OrderLookup } from './order-lookup.js';
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
    private readonly orders: OrderLookup,
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
    const order = await this.orders.findForShop(tx, payment.orderId);
    if (order === undefined) return;
    const { state } = order;
    const move = { action: happening, reason: payment.failureCode };
    const after = { state, paymentState: paymentStateOf(payment) };
    const moved = await this.moves.move(tx, order, after, move);
    tx.notify('permission:orders:order:read', {
      type: 'order-payment-changed',
      payload: {
        id: order.id,
        number: order.number,
        store: order.storeCode,
        paymentState: after.paymentState,
      },
    });
    if (state !== 'cancelled' || happening !== 'payment-captured') return;
    const owed = await this.requests.giveUp(tx, payment, REASON);
    const back = { state, paymentState: paymentStateOf(owed) };
    await this.moves.move(tx, moved, back, { action: 'refund', reason: REASON });
  }
}
