import { Injectable } from '@nestjs/common';
import type { PricedCart } from '#libs/carts';
import { PrimaryReader } from '#libs/database';
import { StockTaker, type StockDemand } from '#libs/inventory';
import type { OrderEditPlan } from '../editing/order-edit-planning.js';
import { stockChangeOf } from '../editing/order-edit.js';

/**
 * Tells staff of which variants there is less than an order would take, before it is placed or edited. It is so for now: nothing is
 * kept, and the statement that takes the stock decides.
 */
@Injectable()
export class ShortStock {
  constructor(
    private readonly database: PrimaryReader,
    private readonly stock: StockTaker,
  ) {}

  ofOrder({ cart, lines }: PricedCart): Promise<ReadonlySet<string>> {
    return this.find(cart.storeId, lines);
  }

  /** Only what it takes in addition counts: the order has the rest. */
  ofEdit({ order, planned }: OrderEditPlan): Promise<ReadonlySet<string>> {
    return this.find(order.storeId, stockChangeOf(order.lines, planned.lines).taken);
  }

  private async find(
    storeId: string,
    demands: readonly StockDemand[],
  ): Promise<ReadonlySet<string>> {
    const enough = await this.stock.findEnough(this.database, storeId, demands);
    const short = demands.filter(({ variantId }) => !enough.has(variantId));
    return new Set(short.map(({ variantId }) => variantId));
  }
}
