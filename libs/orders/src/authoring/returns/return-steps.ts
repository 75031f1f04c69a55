import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { LineProgressRepository } from '../../model/fulfilment/line-progress.repository.js';
import type { LineQuantity } from '../../model/fulfilment/line-progress.js';
import { OrderMoves } from '../../model/order-moves.js';
import type { OrderPaymentState } from '../../model/order-state.js';
import { ordersErrors } from '../../model/orders.errors.js';
import type { Order } from '../../model/order.js';
import type { OrderReturn, ReturnedLine, ReturnState } from '../../model/returns/order-return.js';
import { OrderReturnRepository } from '../../model/returns/order-return.repository.js';
import { nextRanges, takenOf } from '../../model/fulfilment/line-pieces.js';

const FROM: Readonly<Record<Exclude<ReturnState, 'requested'>, ReturnState>> = {
  received: 'requested',
  rejected: 'requested',
  closed: 'received',
};

/** The steps of a return, within the unit of work that has read its order. */
@Injectable()
export class ReturnSteps {
  constructor(
    private readonly returns: OrderReturnRepository,
    private readonly progress: LineProgressRepository,
    private readonly stock: StockTaker,
    private readonly moves: OrderMoves,
  ) {}

  /** Throws `orders.action-refused` when the return is in no state for it. */
  async advance(tx: Transaction, found: OrderReturn, next: keyof typeof FROM): Promise<void> {
    const isInState = found.state === FROM[next];
    if (!isInState || !(await this.returns.tryMove(tx, found, next))) {
      throw ordersErrors.actionRefused({
        details: { action: `return-${next}`, state: found.state },
      });
    }
  }

  /** Writes the step into the history of the order. */
  async note(
    tx: Transaction,
    order: Order,
    paymentState: OrderPaymentState,
    move: { readonly action: `return-${keyof typeof FROM}`; readonly reason: string | null },
  ): Promise<void> {
    await this.moves.move(tx, order, { state: order.state, paymentState }, move);
  }

  /** Lets go of what did not come, and puts back into stock what is good, where it was taken. */
  async settle(tx: Transaction, order: Order, lines: readonly ReturnedLine[]): Promise<void> {
    const before = restockedBefore(await this.returns.list(tx, order.id));
    const kept = quantities(lines, ({ quantity, received }) => quantity - received);
    const good = quantities(lines, ({ restocked }) => restocked);
    await this.progress.release(tx, order.id, kept);
    await this.stock.giveBack(
      tx,
      order.storeId,
      takenOf(order, nextRanges(before, good)),
      'return',
    );
  }
}

/** What was put back of each line so far. */
function restockedBefore(returns: readonly OrderReturn[]): Map<number, number> {
  const byLine = new Map<number, number>();
  for (const { line, restocked } of returns.flatMap(({ items }) => items)) {
    byLine.set(line, (byLine.get(line) ?? 0) + restocked);
  }
  return byLine;
}

function quantities(
  lines: readonly ReturnedLine[],
  of: (line: ReturnedLine) => number,
): LineQuantity[] {
  return lines
    .map((line) => ({ line: line.line, quantity: of(line) }))
    .filter(({ quantity }) => quantity > 0);
}
