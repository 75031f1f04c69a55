import { Injectable } from '@nestjs/common';
import { SqlReader, type SqlQueries } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { OrderFilter } from '../model/order-filter.js';
import { OrderLookup, type OrderPosition } from '../model/order-lookup.js';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order, OrderHead } from '../model/order.js';

/** Orders as the back office reads them, always within one store. */
@Injectable()
export class OrderDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly orders: OrderLookup,
  ) {}

  /** Throws `catalog.store-not-found`, `orders.order-not-found`. */
  get(storeCode: string, id: string): Promise<Order> {
    return this.getWithin(this.database, storeCode, id);
  }

  /** The same, as a unit of work sees it. */
  async getWithin(queries: SqlQueries, storeCode: string, id: string): Promise<Order> {
    const store = await this.stores.getByCode(queries, storeCode);
    const order = await this.orders.findInStore(queries, store.id, id);
    if (order === undefined) throw ordersErrors.orderNotFound();
    return order;
  }

  /** Newest first, at most `limit` behind `after`. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    filter: OrderFilter,
    after: OrderPosition | undefined,
    limit: number,
  ): Promise<OrderHead[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    return this.orders.list(this.database, store.id, filter, after, limit);
  }
}
