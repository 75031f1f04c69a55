import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
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
    const order = await this.orders.get(storeCode, id);
    const [lines, shipments, returns] = await Promise.all([
      this.progress.load(this.database, order.id),
      this.shipments.list(this.database, order.id),
      this.returns.list(this.database, order.id),
    ]);
    return { order, lines, shipments, returns };
  }
}
