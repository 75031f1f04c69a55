import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { LineQuantity } from '../../model/fulfilment/line-progress.js';
import { ordersErrors } from '../../model/orders.errors.js';
import type { Order } from '../../model/order.js';
import type { OrderReturn, ReturnedLine } from '../../model/returns/order-return.js';
import { OrderReturnRepository } from '../../model/returns/order-return.repository.js';
import { ReturnAnnouncing } from '../../model/returns/return-announcing.js';
import { FulfilmentDirectory, type Fulfilment } from '../fulfilment/fulfilment.directory.js';
import { OrderChanges, type OrderAddress } from '../order-changes.js';
import { OrderPaymentActs } from '../order-payment-acts.js';
import { ReturnSteps } from './return-steps.js';

/** What came of a line, and how much of it can be sold again. */
export interface ReceivedLine {
  readonly line: number;
  readonly received: number;
  readonly restocked: number;
}

/**
 * What staff do about returns; one unit of work each, based on the version of the order, in its history. All of
 * it answers the order as it is at the end of that unit of work, and throws `catalog.store-not-found`, `orders.order-not-found`, `orders.return-not-found`,
 * `http.stale-version`, and `orders.action-refused` when the return is in no state for it.
 */
@Injectable()
export class ReturnEditor {
  constructor(
    private readonly changes: OrderChanges,
    private readonly announcing: ReturnAnnouncing,
    private readonly returns: OrderReturnRepository,
    private readonly steps: ReturnSteps,
    private readonly payments: OrderPaymentActs,
    private readonly directory: FulfilmentDirectory,
  ) {}

  /** For a shopper who called. Throws `orders.quantity-exceeded`. */
  announce(
    address: OrderAddress,
    version: number,
    items: readonly LineQuantity[],
    reason: string | null,
  ): Promise<Fulfilment> {
    return this.changes.run(address, version, async (tx, order) => {
      await this.announcing.announce(tx, order, items, reason);
      return this.directory.getWithin(tx, address);
    });
  }

  /**
   * What came is counted, and what is good enough goes back into stock through the ledger. Lines that are
   * not named have not come; they may be announced again. Throws `orders.quantity-exceeded` for more than
   * was announced.
   */
  receive(
    address: OrderAddress,
    version: number,
    returnId: string,
    { items, reason }: { readonly items: readonly ReceivedLine[]; readonly reason: string | null },
  ): Promise<Fulfilment> {
    return this.change(address, version, returnId, async (tx, order, found) => {
      const lines = receivedLines(found, items);
      await this.steps.advance(tx, found, 'received');
      await this.steps.settle(tx, order, lines);
      await this.returns.setReceived(tx, found.id, lines);
      const move = { action: 'return-received', reason } as const;
      await this.steps.note(tx, order, order.paymentState, move);
    });
  }

  /** The shopper keeps it: the pieces may be announced again. */
  reject(
    address: OrderAddress,
    version: number,
    returnId: string,
    reason: string | null,
  ): Promise<Fulfilment> {
    return this.change(address, version, returnId, async (tx, order, found) => {
      await this.steps.advance(tx, found, 'rejected');
      await this.steps.settle(tx, order, found.items);
      const move = { action: 'return-rejected', reason } as const;
      await this.steps.note(tx, order, order.paymentState, move);
    });
  }

  /**
   * With `refund` what the pieces that came were worth is taken off: given back, or no longer owed. Throws
   * `payments.step-refused` while the payment is being captured.
   */
  close(
    address: OrderAddress,
    version: number,
    returnId: string,
    { refund, reason }: { readonly refund: boolean; readonly reason: string | null },
  ): Promise<Fulfilment> {
    return this.change(address, version, returnId, async (tx, order, found) => {
      await this.steps.advance(tx, found, 'closed');
      const came = found.items
        .map(({ line, received }) => ({ line, quantity: received }))
        .filter(({ quantity }) => quantity > 0);
      const paymentState =
        refund && came.length > 0
          ? await this.payments.takeOff(tx, order, came, reason)
          : order.paymentState;
      await this.steps.note(tx, order, paymentState, { action: 'return-closed', reason });
    });
  }

  private change(
    address: OrderAddress,
    version: number,
    returnId: string,
    work: (tx: Transaction, order: Order, found: OrderReturn) => Promise<void>,
  ): Promise<Fulfilment> {
    return this.changes.run(address, version, async (tx, order) => {
      const found = (await this.returns.list(tx, order.id)).find(({ id }) => id === returnId);
      if (found === undefined) throw ordersErrors.returnNotFound();
      await work(tx, order, found);
      return this.directory.getWithin(tx, address);
    });
  }
}

function receivedLines(found: OrderReturn, items: readonly ReceivedLine[]): ReturnedLine[] {
  const byLine = new Map(items.map((item) => [item.line, item]));
  const wrong = items.filter(({ line, received, restocked }) => {
    const announced = found.items.find((item) => item.line === line)?.quantity ?? 0;
    return received > announced || restocked > received;
  });
  if (wrong.length > 0 || byLine.size !== items.length) {
    throw ordersErrors.quantityExceeded({ details: { lines: items.map(({ line }) => line) } });
  }
  return found.items.map(({ line, quantity }) => {
    const { received = 0, restocked = 0 } = byLine.get(line) ?? {};
    return { line, quantity, received, restocked };
  });
}
