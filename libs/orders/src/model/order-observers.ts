import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { OrderStates } from './order-state.js';

/** Who has to know how far an order is, such as what bills it. */
export interface OrderObserver {
  /** In the transaction that writes the states, for an order that is not new. */
  orderMoved(tx: Transaction, orderId: string, states: OrderStates): Promise<void>;
}

/** The observers register when their modules start, so that orders name no table of theirs. */
@Injectable()
export class OrderObservers {
  private readonly all: OrderObserver[] = [];

  register(observer: OrderObserver): void {
    this.all.push(observer);
  }

  async tell(tx: Transaction, orderId: string, states: OrderStates): Promise<void> {
    for (const observer of this.all) await observer.orderMoved(tx, orderId, states);
  }
}
