import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { OrderMoves } from '../model/order-moves.js';
import type { Order } from '../model/order.js';
import { allowedState } from './allowed-state.js';
import { OrderFulfilment } from './fulfilment/order-fulfilment.js';
import { OrderPaymentActs } from './order-payment-acts.js';
import { tellShopper } from './tell-shopper.js';

/** Cancels whole orders, within the unit of work that has read them and holds their payment. */
@Injectable()
export class OrderCancellation {
  constructor(
    private readonly fulfilment: OrderFulfilment,
    private readonly payments: OrderPaymentActs,
    private readonly moves: OrderMoves,
  ) {}

  /**
   * Gives back stock, what was used of promotions, and money, and tells the shopper. Throws
   * `orders.action-refused` and `payments.step-refused`.
   */
  async cancelAll(tx: Transaction, order: Order, reason: string | null): Promise<Order> {
    const state = allowedState(order, 'cancel');
    await this.fulfilment.cancelAll(tx, order);
    const move = { action: 'cancel', reason } as const;
    const paymentState = await this.payments.follow(tx, order, move);
    const moved = await this.moves.move(tx, order, { state, paymentState }, move);
    await tellShopper(tx, moved, 'cancelled');
    return moved;
  }
}
