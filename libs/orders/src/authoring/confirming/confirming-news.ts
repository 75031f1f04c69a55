import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { LineQuantity } from '../../model/fulfilment/line-progress.js';
import { OrderMoves } from '../../model/order-moves.js';
import type { Order } from '../../model/order.js';
import { OrderMailWriter } from '../mails/order-mail.writer.js';

const MAX_REASON = 500;

/** Says what became of an order whose stock was asked for after it had been accepted. */
@Injectable()
export class ConfirmingNews {
  constructor(
    private readonly moves: OrderMoves,
    private readonly mails: OrderMailWriter,
  ) {}

  /**
   * In the history, to the pages that watch the order, to staff when something is delayed; and to the shopper, once
   * when something is, and once when it no longer is. An order that is confirmed at once needs no further mail.
   */
  async tell(tx: Transaction, order: Order, delayed: readonly LineQuantity[]): Promise<Order> {
    const { state, paymentState } = order;
    const wasTold = order.awaits === 'stock';
    if (delayed.length === 0) {
      const move = { action: 'stock-confirmed', reason: null } as const;
      const moved = await this.moves.move(tx, order, { state, paymentState, awaits: null }, move);
      if (wasTold) await this.write(tx, moved, 'available', []);
      return moved;
    }
    const move = { action: 'stock-delayed', reason: nameOf(order, delayed) } as const;
    const moved = await this.moves.move(tx, order, { state, paymentState, awaits: 'stock' }, move);
    if (wasTold) return moved;
    await this.write(tx, moved, 'delayed', delayed);
    tx.notify('permission:orders:order:read', {
      type: 'order-delayed',
      payload: {
        id: order.id,
        number: order.number,
        store: order.storeCode,
        items: delayed.map(({ line, quantity }) => ({
          line,
          sku: order.lines[line - 1]?.sku ?? null,
          quantity,
        })),
      },
    });
    return moved;
  }

  private write(
    tx: Transaction,
    order: Order,
    mail: 'delayed' | 'available',
    items: readonly LineQuantity[],
  ): Promise<void> {
    return this.mails.write(tx, order, { mail, sequence: order.transitions.length, items });
  }
}

/** `2 × PAD, 1 × DISC`, cut to what a reason holds. */
function nameOf({ lines }: Order, delayed: readonly LineQuantity[]): string {
  const names = delayed.map(({ line, quantity }) => {
    const { sku, name } = lines[line - 1] ?? { sku: null, name: '' };
    return `${quantity} × ${sku ?? name}`;
  });
  const text = names.join(', ');
  return text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON - 1)}…`;
}
