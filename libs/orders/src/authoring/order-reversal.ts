import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { PromotionUses } from '#libs/promotions';
import type { Order } from '../model/order.js';

/** Gives back what an order has taken that will not be delivered. */
@Injectable()
export class OrderReversal {
  constructor(
    private readonly stock: StockTaker,
    private readonly uses: PromotionUses,
  ) {}

  async giveBack(tx: Transaction, { id, storeId, lines }: Order): Promise<void> {
    // In the order in which a checkout takes them.
    await this.uses.giveBack(tx, id);
    const taken = lines.filter(({ isStockTaken }) => isStockTaken);
    await this.stock.giveBack(tx, storeId, taken);
  }
}
