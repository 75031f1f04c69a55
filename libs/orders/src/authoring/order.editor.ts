import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { LineQuantity } from '../model/fulfilment/line-progress.js';
import { stateOfProgress } from '../model/fulfilment/line-progress.js';
import { awaitsAfter, delayedLines } from '../model/confirming/waiting-part.js';
import type { Tracking } from '../model/fulfilment/shipment.js';
import { OrderMoves } from '../model/order-moves.js';
import type { OrderAction, OrderState } from '../model/order-state.js';
import type { Order } from '../model/order.js';
import { ordersErrors } from '../model/orders.errors.js';
import { allowedState } from './allowed-state.js';
import { OrderFulfilment } from './fulfilment/order-fulfilment.js';
import { OrderChanges, type OrderAddress } from './order-changes.js';
import { OrderCancellation } from './order-cancellation.js';
import { OrderPaymentActs } from './order-payment-acts.js';
import { tellShopper } from './tell-shopper.js';

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
    private readonly cancellation: OrderCancellation,
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
          return this.cancellation.cancelAll(tx, order, reason);
        default:
          return this.move(tx, order, allowedState(order, action), { action, reason });
      }
    });
  }

  /** One parcel, of lines that are not delayed. The shopper is told. Throws `orders.quantity-exceeded` for more than still has to go. */
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
        return this.cancellation.cancelAll(tx, order, reason);
      }
      allowedState(order, 'cancel-items');
      const lines = await this.fulfilment.cancel(tx, order, items);
      const state = stateOfProgress(lines);
      const paymentState = refund
        ? await this.payments.takeOff(tx, order, items, reason)
        : order.paymentState;
      const move = { action: 'cancel-items', reason } as const;
      const awaits = awaitsAfter(order, lines);
      return this.moves.move(tx, order, { state, paymentState, awaits }, move);
    });
  }

  /** The mail that confirmed the order, once more, with a new link. */
  resendConfirmation(address: OrderAddress, version: number): Promise<Order> {
    return this.changes.run(address, version, async (tx, order) => {
      const { state, paymentState } = order;
      const move = { action: 'resend-confirmation', reason: null } as const;
      const moved = await this.moves.move(tx, order, { state, paymentState }, move);
      await tellShopper(tx, moved, 'confirmation');
      return moved;
    });
  }

  private async shipPart(
    tx: Transaction,
    order: Order,
    { items, reason }: PartOfOrder,
    tracking: Tracking,
  ): Promise<Order> {
    allowedState(order, 'ship', await this.payments.isCovered(tx, order));
    const parts = items ?? (await this.fulfilment.open(tx, order));
    assertNotDelayed(order, parts);
    const lines = await this.fulfilment.ship(tx, order, parts, tracking);
    const moved = await this.move(tx, order, stateOfProgress(lines), { action: 'ship', reason });
    await tellShopper(tx, moved, 'shipped');
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

/** What a line is short of is not there to be put into a parcel. */
function assertNotDelayed(order: Order, parts: readonly LineQuantity[]): void {
  const lines = delayedLines(order, parts);
  if (lines.length === 0) return;
  const { state, paymentState, awaits } = order;
  throw ordersErrors.actionRefused({
    details: { action: 'ship', state, paymentState, awaits, lines },
  });
}
