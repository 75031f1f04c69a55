import { Injectable } from '@nestjs/common';
import { SqlReader, type SqlQueries, type Transaction } from '#libs/database';
import type { LineProgress } from '../../model/fulfilment/line-progress.js';
import { LineProgressRepository } from '../../model/fulfilment/line-progress.repository.js';
import type { Shipment } from '../../model/fulfilment/shipment.js';
import { ShipmentRepository } from '../../model/fulfilment/shipment.repository.js';
import type { OrderReturn } from '../../model/returns/order-return.js';
import { OrderReturnRepository } from '../../model/returns/order-return.repository.js';
import type { Order } from '../../model/order.js';
import type { OrderAddress } from '../order-changes.js';
import { OrderDirectory } from '../order.directory.js';

/** What has gone which way of an order. */
export interface Fulfilment {
  readonly order: Order;
  readonly lines: readonly LineProgress[];
  readonly shipments: readonly Shipment[];
  readonly returns: readonly OrderReturn[];
}

/** What became of the pieces of orders, as the back office reads it. */
@Injectable()
export class FulfilmentDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly orders: OrderDirectory,
    private readonly progress: LineProgressRepository,
    private readonly shipments: ShipmentRepository,
    private readonly returns: OrderReturnRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `orders.order-not-found`. */
  async get({ storeCode, id }: OrderAddress): Promise<Fulfilment> {
    return this.of(this.database, await this.orders.get(storeCode, id));
  }

  /** The same as a unit of work sees it. */
  async getWithin(tx: Transaction, { storeCode, id }: OrderAddress): Promise<Fulfilment> {
    return this.of(tx, await this.orders.getWithin(tx, storeCode, id));
  }

  private async of(queries: SqlQueries, order: Order): Promise<Fulfilment> {
    const lines = await this.progress.load(queries, order.id);
    const shipments = await this.shipments.list(queries, order.id);
    const returns = await this.returns.list(queries, order.id);
    return { order, lines, shipments, returns };
  }
}
