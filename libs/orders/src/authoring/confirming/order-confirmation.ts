import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { waitingPart } from '../../model/confirming/waiting-part.js';
import type { LineQuantity } from '../../model/fulfilment/line-progress.js';
import { LineProgressRepository } from '../../model/fulfilment/line-progress.repository.js';
import { OrderLookup } from '../../model/order-lookup.js';
import type { Order } from '../../model/order.js';
import { OrderPaymentActs } from '../order-payment-acts.js';
import { ConfirmingNews } from './confirming-news.js';
import { LineStockRepository, type SettledLine } from './line-stock.repository.js';

export interface Confirming {
  /** `idle`: the order waits for nothing, or nothing has come of what it waits for. */
  readonly outcome: 'confirmed' | 'delayed' | 'idle';
  readonly customerId: string | null;
}

const IDLE: Confirming = { outcome: 'idle', customerId: null };

/**
 * Takes the stock of orders that were accepted without. A line is taken whole or not at all, so nothing is
 * taken that is not there; lines that are short are delayed, and are taken once there is enough.
 */
@Injectable()
export class OrderConfirmation {
  constructor(
    private readonly payments: OrderPaymentActs,
    private readonly orders: OrderLookup,
    private readonly progress: LineProgressRepository,
    private readonly stock: StockTaker,
    private readonly lines: LineStockRepository,
    private readonly news: ConfirmingNews,
  ) {}

  /** Under the lock of the payment, as everything that changes an order: each line is taken once. */
  async confirm(tx: Transaction, orderId: string): Promise<Confirming> {
    await this.payments.lock(tx, orderId);
    const order = await this.orders.findForShop(tx, orderId);
    if (order === undefined || order.awaits === null) return IDLE;
    const waiting = waitingPart(order, await this.progress.load(tx, orderId));
    const settled = await this.take(tx, order, waiting);
    const short = new Set(settled.filter(isDelayed).map(({ line }) => line));
    const delayed = waiting.filter(({ line }) => short.has(line));
    const hasNews = order.awaits === 'confirmation' || delayed.length < waiting.length;
    if (!hasNews) return IDLE;
    await this.lines.settle(tx, order.id, settled);
    await this.news.tell(tx, order, delayed);
    const outcome = delayed.length === 0 ? 'confirmed' : 'delayed';
    return { outcome, customerId: order.customerId };
  }

  private async take(
    tx: Transaction,
    order: Order,
    waiting: readonly LineQuantity[],
  ): Promise<SettledLine[]> {
    const demands = waiting.map(({ line, quantity }) => ({
      line,
      variantId: order.lines[line - 1]?.variantId ?? '',
      quantity,
    }));
    const { taken, short } = await this.stock.takeEach(tx, order.storeId, demands, {
      holderId: order.id,
      preferred: order.shipping.pickUpLocation,
    });
    return demands.map(({ line, variantId }) => {
      const takenFrom = taken.get(variantId) ?? [];
      if (takenFrom.length > 0) return { line, stock: 'taken', takenFrom };
      return { line, stock: short.has(variantId) ? 'delayed' : 'always', takenFrom };
    });
  }
}

function isDelayed({ stock }: SettledLine): boolean {
  return stock === 'delayed';
}
