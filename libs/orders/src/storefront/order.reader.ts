import { Injectable } from '@nestjs/common';
import { hashOfToken } from '#libs/carts';
import { PrimaryReader } from '#libs/database';
import { OrderLinks } from '../model/links/order-links.js';
import { OrderLookup } from '../model/order-lookup.js';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order } from '../model/order.js';

/** What opens an order: being its customer, the token of its cart, or a link out of a mail. */
export type OrderAccess =
  | {
      readonly by: 'holding';
      /** Of the cart; opens orders of guests only. */
      readonly token: string;
      /** Who is signed in. */
      readonly customerId?: string | undefined;
    }
  | { readonly by: 'link'; readonly link: string };

/** Orders as their owners see them, from the database: what belongs to one person is cached nowhere. */
@Injectable()
export class OrderReader {
  constructor(
    private readonly database: PrimaryReader,
    private readonly orders: OrderLookup,
    private readonly links: OrderLinks,
  ) {}

  /**
   * Throws `orders.order-not-found`, also for an order of somebody else, and for a token or a link that does
   * not open it.
   */
  async get(number: string, access: OrderAccess): Promise<Order> {
    const order = await this.find(number, access);
    if (order === undefined) throw ordersErrors.orderNotFound();
    return order;
  }

  private async find(number: string, access: OrderAccess): Promise<Order | undefined> {
    if (access.by === 'holding') {
      const { token, customerId } = access;
      const holder = { tokenHash: hashOfToken(token), customerId };
      return this.orders.findByNumber(this.database, number, holder);
    }
    const id = await this.links.findOrderId(this.database, access.link);
    return id === undefined ? undefined : this.orders.findByLink(this.database, number, id);
  }
}
