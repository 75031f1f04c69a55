import { Injectable } from '@nestjs/common';
import { DatabaseClock, type Transaction } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { PromotionUses } from '#libs/promotions';
import {
  mergedQuantities,
  openPart,
  type LineProgress,
  type LineQuantity,
} from '../../model/fulfilment/line-progress.js';
import { LineProgressRepository } from '../../model/fulfilment/line-progress.repository.js';
import { cancelledRanges, takenOf } from '../../model/fulfilment/line-pieces.js';
import type { Tracking } from '../../model/fulfilment/shipment.js';
import { ShipmentRepository } from '../../model/fulfilment/shipment.repository.js';
import type { Order } from '../../model/order.js';
import { ParcelTracking } from './parcel-tracking.js';

/** Which way pieces go, within a unit of work that has read the order and moves its states. */
@Injectable()
export class OrderFulfilment {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly progress: LineProgressRepository,
    private readonly shipments: ShipmentRepository,
    private readonly stock: StockTaker,
    private readonly uses: PromotionUses,
    private readonly tracking: ParcelTracking,
  ) {}

  /** What still has to go. */
  async open(tx: Transaction, { id }: Order): Promise<LineQuantity[]> {
    return openPart(await this.progress.load(tx, id));
  }

  /** Whether these are all the pieces of an order of which none has gone. */
  async isAll(tx: Transaction, order: Order, parts: readonly LineQuantity[]): Promise<boolean> {
    if (order.state !== 'open') return false;
    const wanted = new Map(mergedQuantities(parts).map(({ line, quantity }) => [line, quantity]));
    const left = await this.open(tx, order);
    return (
      left.length === wanted.size &&
      left.every(({ line, quantity }) => wanted.get(line) === quantity)
    );
  }

  /** Answers the lines afterwards. Throws `orders.quantity-exceeded` for more than still has to go. */
  async ship(
    tx: Transaction,
    order: Order,
    parts: readonly LineQuantity[],
    stated: Tracking,
  ): Promise<LineProgress[]> {
    const items = mergedQuantities(parts);
    await this.progress.ship(tx, order.id, items);
    const tracking = await this.tracking.complete(tx, order, stated);
    await this.shipments.insert(tx, order.id, {
      id: newId(),
      // That of the entry which the move that follows adds.
      sequence: order.transitions.length + 1,
      ...tracking,
      items,
      createdAt: this.clock.wallMs(),
    });
    return this.progress.load(tx, order.id);
  }

  /** Gives the stock of the pieces back, where it was taken. Answers the lines afterwards. Throws `orders.quantity-exceeded`. */
  async cancel(
    tx: Transaction,
    order: Order,
    parts: readonly LineQuantity[],
  ): Promise<LineProgress[]> {
    const items = mergedQuantities(parts);
    await this.progress.cancel(tx, order.id, items);
    const lines = await this.progress.load(tx, order.id);
    const taken = takenOf(order, cancelledRanges(items, lines));
    await this.stock.giveBack(tx, order.storeId, taken, 'cancellation');
    return lines;
  }

  /** Everything that is left, with what the order used of promotions; in the order in which a checkout takes them. */
  async cancelAll(tx: Transaction, order: Order): Promise<void> {
    await this.uses.giveBack(tx, order.id);
    await this.cancel(tx, order, await this.open(tx, order));
  }
}
