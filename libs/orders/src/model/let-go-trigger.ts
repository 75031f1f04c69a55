import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { enqueueExpiry } from './expire-order.job.js';
import { OrderObservers, type OrderObserver } from './order-observers.js';
import type { OrderStates } from './order-state.js';

/**
 * Has an open order looked at in the transaction that lets go of its payment, whoever did: staff, or the
 * provider, in whichever role that is heard. Nothing else would ever end it.
 */
@Injectable()
export class LetGoTrigger implements OrderObserver, OnModuleInit {
  constructor(private readonly observers: OrderObservers) {}

  onModuleInit(): void {
    this.observers.register(this);
  }

  async orderMoved(
    tx: Transaction,
    orderId: string,
    { state, paymentState }: OrderStates,
  ): Promise<void> {
    if (state === 'open' && paymentState === 'cancelled') await enqueueExpiry(tx, orderId);
  }
}
