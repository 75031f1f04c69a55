import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { PaymentLedger, PaymentRequests } from '#libs/payments';
import { agreedPartsOf } from '../model/agreed-parts.js';
import type { LineQuantity } from '../model/fulfilment/line-progress.js';
import { LostPieces } from '../model/fulfilment/lost-pieces.js';
import {
  covers,
  paymentStateOf,
  type OrderAction,
  type OrderPaymentState,
} from '../model/order-state.js';
import type { Order } from '../model/order.js';

/** What the actions of an order mean for its payments. */
@Injectable()
export class OrderPaymentActs {
  constructor(
    private readonly ledger: PaymentLedger,
    private readonly requests: PaymentRequests,
    private readonly lost: LostPieces,
  ) {}

  /** The first thing in a unit of work: a provider may report on the payment at the same moment. */
  lock(tx: Transaction, orderId: string): Promise<void> {
    return this.ledger.lock(tx, orderId);
  }

  /** Whether the order may be shipped as far as its money goes. */
  async isCovered(tx: Transaction, order: Order): Promise<boolean> {
    const isOnAccount = order.paymentMethod === 'invoice' && order.paymentState !== 'cancelled';
    return isOnAccount || covers(await this.ledger.list(tx, order.id));
  }

  /** Answers what the payments are to the order after the action. Throws `payments.step-refused`. */
  async follow(
    tx: Transaction,
    order: Order,
    { action, reason }: { readonly action: OrderAction; readonly reason: string | null },
  ): Promise<OrderPaymentState> {
    const payments = await this.ledger.list(tx, order.id);
    switch (action) {
      case 'confirm-payment':
        return paymentStateOf(await this.requests.confirm(tx, payments));
      case 'confirm-refund':
        return paymentStateOf(await this.requests.confirmRefunds(tx, payments));
      case 'cancel':
        return paymentStateOf(await this.requests.giveUp(tx, payments, reason));
      case 'ship':
        return order.paymentState;
    }
  }

  /**
   * Takes off what pieces came to that the order has lost ({@link PaymentRequests.takeOff}), after the loss
   * was written. Answers what the payments are to the order afterwards. Throws `payments.step-refused` while one is being captured.
   */
  async takeOff(
    tx: Transaction,
    order: Order,
    items: readonly LineQuantity[],
    reason: string | null,
  ): Promise<OrderPaymentState> {
    const payments = await this.ledger.list(tx, order.id);
    const lost = await this.lost.count(tx, order.id);
    const loss = { items, lost, agreed: agreedPartsOf(order), reason };
    return paymentStateOf(await this.requests.takeOff(tx, payments, loss));
  }
}
