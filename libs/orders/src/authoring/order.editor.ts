import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { LineQuantity } from '../model/fulfilment/line-progress.js';
import { stateOfProgress } from '../model/fulfilment/line-progress.js';
import type { Tracking } from '../model/fulfilment/shipment.js';
import { writeOrderMailJob, type OrderMail } from '../model/order-mail.job.js';
import { OrderMoves } from '../model/order-moves.js';
import { stateAfter, type OrderAction, type OrderState } from '../model/order-state.js';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order } from '../model/order.js';
import { OrderFulfilment } from './fulfilment/order-fulfilment.js';
import { OrderChanges, type OrderAddress } from './order-changes.js';
import { OrderPaymentActs } from './order-payment-acts.js';

/** Some pieces of an order, all that are left when there are no items, and why. */
export interface PartOfOrder {
  readonly items: readonly LineQuantity[] | null;
  readonly reason: string | null;
}

const NO_TRACKING: Tracking = { carrier: null, trackingNumber: null, trackingUrl: null };

/**
 * What staff do to orders; one unit of work each, based on a version, in the history, audited. All of it
 * throws `catalog.store-not-found`, `orders.order-not-found`, `http.stale-version`, and
 * `orders.action-refused` or `payments.step-refused` when the order, or its payment, is in no state for it.
 */
@Injectable()
export class OrderEditor {
  constructor(
    private readonly changes: OrderChanges,
    private readonly moves: OrderMoves,
    private readonly fulfilment: OrderFulfilment,
    private readonly payments: OrderPaymentActs,
  ) {}

  /** A cancelled order gives back its stock, what it used of promotions, and its money. What is shipped is everything that is left. */
  act(
    address: OrderAddress,
    version: number,
    { action, reason }: { readonly action: OrderAction; readonly reason: string | null },
  ): Promise<Order> {
    return this.changes.run(address, version, async (tx, order) => {
      switch (action) {
        case 'ship':
          return this.shipPart(tx, order, { items: null, reason }, NO_TRACKING);
        case 'cancel':
          return this.cancelAll(tx, order, reason);
        default:
          return this.move(tx, order, allowed(order, action), { action, reason });
      }
    });
  }

  /** One parcel. The shopper is told. Throws `orders.quantity-exceeded` for more than still has to go. */
  ship(
    address: OrderAddress,
    version: number,
    part: PartOfOrder,
    tracking: Tracking,
  ): Promise<Order> {
    return this.changes.run(address, version, (tx, order) =>
      this.shipPart(tx, order, part, tracking),
    );
  }

  /**
   * Pieces that will not be delivered: their stock is given back, and what they came to is taken off unless `refund`
   * is false: given back, or no longer owed. Without items, or when nothing else is left, it is the order that is cancelled, with its shipping.
   * Throws `orders.quantity-exceeded`.
   */
  cancel(
    address: OrderAddress,
    version: number,
    part: PartOfOrder,
    { refund }: { readonly refund: boolean },
  ): Promise<Order> {
    return this.changes.run(address, version, async (tx, order) => {
      const { items, reason } = part;
      if (items === null || (await this.fulfilment.isAll(tx, order, items))) {
        return this.cancelAll(tx, order, reason);
      }
      allowed(order, 'cancel-items');
      const state = stateOfProgress(await this.fulfilment.cancel(tx, order, items));
      const paymentState = refund
        ? await this.payments.takeOff(tx, order, items, reason)
        : order.paymentState;
      const move = { action: 'cancel-items', reason } as const;
      return this.moves.move(tx, order, { state, paymentState }, move);
    });
  }

  /** The mail that confirmed the order, once more, with a new link. */
  resendConfirmation(address: OrderAddress, version: number): Promise<Order> {
    return this.changes.run(address, version, async (tx, order) => {
      const { state, paymentState } = order;
      const move = { action: 'resend-confirmation', reason: null } as const;
      const moved = await this.moves.move(tx, order, { state, paymentState }, move);
      await tell(tx, moved, 'confirmation');
      return moved;
    });
  }

  private async shipPart(
    tx: Transaction,
    order: Order,
    { items, reason }: PartOfOrder,
    tracking: Tracking,
  ): Promise<Order> {
    allowed(order, 'ship', await this.payments.isCovered(tx, order));
    const parts = items ?? (await this.fulfilment.open(tx, order));
    const lines = await this.fulfilment.ship(tx, order, parts, tracking);
    const moved = await this.move(tx, order, stateOfProgress(lines), { action: 'ship', reason });
    await tell(tx, moved, 'shipped');
    return moved;
  }

  private async cancelAll(tx: Transaction, order: Order, reason: string | null): Promise<Order> {
    allowed(order, 'cancel');
    await this.fulfilment.cancelAll(tx, order);
    const moved = await this.move(tx, order, 'cancelled', { action: 'cancel', reason });
    await tell(tx, moved, 'cancelled');
    return moved;
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

function allowed(
  order: Order,
  action: OrderAction | 'cancel-items',
  isCovered = false,
): OrderState {
  const state = stateAfter(order, action, isCovered);
  if (state !== undefined) return state;
  const { state: before, paymentState } = order;
  throw ordersErrors.actionRefused({ details: { action, state: before, paymentState } });
}

/** About what the history of the order says last. */
async function tell(tx: Transaction, order: Order, mail: OrderMail): Promise<void> {
  await tx.enqueue(writeOrderMailJob, {
    orderId: order.id,
    mail,
    sequence: order.transitions.length,
  });
}
