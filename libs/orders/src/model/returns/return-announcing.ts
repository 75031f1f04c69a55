import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { currentContext, newId } from '#libs/kernel';
import { LineProgressRepository } from '../fulfilment/line-progress.repository.js';
import { mergedQuantities, type LineQuantity } from '../fulfilment/line-progress.js';
import { OrderMoves } from '../order-moves.js';
import type { Order } from '../order.js';
import { OrderReturnRepository } from './order-return.repository.js';

/** Says that pieces of an order will come back, for shoppers and for staff. */
@Injectable()
export class ReturnAnnouncing {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly progress: LineProgressRepository,
    private readonly returns: OrderReturnRepository,
    private readonly moves: OrderMoves,
  ) {}

  /**
   * Answers the id of the return. Staff are told. Throws `orders.quantity-exceeded` for more than was
   * shipped and has not been announced yet.
   */
  async announce(
    tx: Transaction,
    order: Order,
    parts: readonly LineQuantity[],
    reason: string | null,
  ): Promise<string> {
    const merged = mergedQuantities(parts);
    await this.progress.takeBack(tx, order.id, merged);
    const id = newId();
    const now = this.clock.wallMs();
    await this.returns.insert(tx, order.id, {
      id,
      state: 'requested',
      requestedBy: currentContext()?.actor?.name ?? null,
      reason,
      items: merged.map((part) => ({ ...part, received: 0, restocked: 0 })),
      createdAt: now,
      updatedAt: now,
    });
    const { state, paymentState } = order;
    const move = { action: 'return-requested', reason } as const;
    await this.moves.move(tx, order, { state, paymentState }, move);
    tx.notify('permission:orders:order:read', {
      type: 'order-return-requested',
      payload: { id: order.id, number: order.number, store: order.storeCode, returnId: id },
    });
    return id;
  }
}
