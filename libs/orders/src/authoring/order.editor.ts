import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import { OrderLookup } from '../model/order-lookup.js';
import { OrderMoves } from '../model/order-moves.js';
import { stateAfter, type OrderAction, type OrderState } from '../model/order-state.js';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order } from '../model/order.js';
import { OrderPaymentActs } from './order-payment-acts.js';
import { OrderReversal } from './order-reversal.js';

export interface OrderAddress {
  readonly storeCode: string;
  readonly id: string;
}

/** What staff do to orders; one unit of work each, based on a version, in the history, audited. */
@Injectable()
export class OrderEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly orders: OrderLookup,
    private readonly moves: OrderMoves,
    private readonly reversal: OrderReversal,
    private readonly payments: OrderPaymentActs,
  ) {}

  /**
   * A cancelled order gives back its stock, what it used of promotions, and its money. Throws
   * `catalog.store-not-found`, `orders.order-not-found`, `http.stale-version`, and
   * `orders.action-refused` or `payments.step-refused` when the order, or its payment, is in no state
   * for it.
   */
  act(
    { storeCode, id }: OrderAddress,
    version: number,
    { action, reason }: { readonly action: OrderAction; readonly reason: string | null },
  ): Promise<Order> {
    return this.unitOfWork.run(async (tx) => {
      await this.payments.lock(tx, id);
      const store = await this.stores.getByCode(tx, storeCode);
      const order = await this.orders.findInStore(tx, store.id, id);
      if (order === undefined) throw ordersErrors.orderNotFound();
      if (order.version !== version) throw staleVersion(order.version);
      const state = stateAfter(order, action, order.paymentMethod === 'invoice');
      if (state === undefined) {
        const { state: before, paymentState } = order;
        throw ordersErrors.actionRefused({ details: { action, state: before, paymentState } });
      }
      const changed = await this.move(tx, order, state, { action, reason });
      if (action === 'cancel') await this.reversal.giveBack(tx, order);
      return changed;
    });
  }

  private async move(
    tx: Transaction,
    order: Order,
    state: OrderState,
    move: { readonly action: OrderAction; readonly reason: string | null },
  ): Promise<Order> {
    const paymentState = await this.payments.follow(tx, order, move);
    return this.moves.move(tx, order, { state, paymentState }, move);
  }
}
