import { Injectable } from '@nestjs/common';
import { SqlReader, type SqlQueries, type Transaction } from '#libs/database';
import { LocationCodes } from '#libs/inventory';
import {
  nextRanges,
  openRange,
  piecesOf,
  type PieceRange,
} from '../../model/fulfilment/line-pieces.js';
import type { LineProgress, LineQuantity } from '../../model/fulfilment/line-progress.js';
import { LineProgressRepository } from '../../model/fulfilment/line-progress.repository.js';
import type { Shipment } from '../../model/fulfilment/shipment.js';
import { ShipmentRepository } from '../../model/fulfilment/shipment.repository.js';
import type { OrderReturn } from '../../model/returns/order-return.js';
import { OrderReturnRepository } from '../../model/returns/order-return.repository.js';
import type { Order } from '../../model/order.js';
import type { OrderAddress } from '../order-changes.js';
import { OrderDirectory } from '../order.directory.js';

/** So many pieces that were taken at a location, by its code. */
export interface PlacedPieces {
  readonly location: string;
  readonly quantity: number;
}

/** What became of the pieces of a line, and where those are that still have to go; empty: nothing is counted of it. */
export type PlacedProgress = LineProgress & { readonly openFrom: readonly PlacedPieces[] };

/** What left in one parcel, and where it was taken. */
export type PlacedShipment = Omit<Shipment, 'items'> & {
  readonly items: readonly (LineQuantity & { readonly from: readonly PlacedPieces[] })[];
};

/** What has gone which way of an order. */
export interface Fulfilment {
  readonly order: Order;
  readonly lines: readonly PlacedProgress[];
  readonly shipments: readonly PlacedShipment[];
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
    private readonly locations: LocationCodes,
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
    const codeOf = await this.locations.resolve(queries, order.storeId);
    const placed = (range: PieceRange): PlacedPieces[] =>
      piecesOf({ takenFrom: order.lines[range.line - 1]?.takenFrom ?? [] }, range).map(
        ({ locationId, quantity }) => ({ location: codeOf(locationId), quantity }),
      );
    const gone = new Map<number, number>();
    return {
      order,
      lines: lines.map((line) => ({ ...line, openFrom: placed(openRange(line)) })),
      shipments: shipments.map((shipment) => ({
        ...shipment,
        items: nextRanges(gone, shipment.items).map((range) => ({
          line: range.line,
          quantity: range.end - range.begin,
          from: placed(range),
        })),
      })),
      returns,
    };
  }
}
