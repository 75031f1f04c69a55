import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import type { Order } from '../model/order.js';
import { OrderDirectory } from './order.directory.js';
import { OrderPaymentActs } from './order-payment-acts.js';

/** An order of a store; an id alone finds none. */
export interface OrderAddress {
  readonly storeCode: string;
  readonly id: string;
}

/** How staff change an order: in one unit of work, alone, based on the version they have seen. */
@Injectable()
export class OrderChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: OrderDirectory,
    private readonly payments: OrderPaymentActs,
  ) {}

  /** Throws `catalog.store-not-found`, `orders.order-not-found` and `http.stale-version`. */
  run<T>(
    { storeCode, id }: OrderAddress,
    version: number,
    work: (tx: Transaction, order: Order) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      await this.payments.lock(tx, id);
      const order = await this.directory.getWithin(tx, storeCode, id);
      if (order.version !== version) throw staleVersion(order.version);
      return work(tx, order);
    });
  }
}
