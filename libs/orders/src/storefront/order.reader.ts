import { Injectable } from '@nestjs/common';
import { hashOfToken } from '#libs/carts';
import { PrimaryReader } from '#libs/database';
import { OrderLookup } from '../model/order-lookup.js';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order } from '../model/order.js';

/** Orders as their owners see them, from the database: what belongs to one person is cached nowhere. */
@Injectable()
export class OrderReader {
  constructor(
    private readonly database: PrimaryReader,
    private readonly orders: OrderLookup,
  ) {}

  /** Throws `orders.order-not-found`, also for a token that does not open it. */
  async get(number: string, token: string): Promise<Order> {
    const order = await this.orders.findByNumber(this.database, number, hashOfToken(token));
    if (order === undefined) throw ordersErrors.orderNotFound();
    return order;
  }
}
