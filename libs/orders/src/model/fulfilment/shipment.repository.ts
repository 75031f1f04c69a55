import { Injectable } from '@nestjs/common';
import { insertRows, type RowOf, sql, type SqlQueries, type Transaction } from '#libs/database';
import type { Shipment } from './shipment.js';
import type { ShipmentLineEntity } from './shipment-line.entity.js';
import type { ShipmentEntity } from './shipment.entity.js';

type ShipmentRow = RowOf<
  ShipmentEntity,
  'id' | 'sequence' | 'carrier' | 'tracking_number' | 'tracking_url' | 'created_at'
>;

type ShipmentLineRow = RowOf<ShipmentLineEntity>;

/** Parcels of orders. The id of the order must come from one that was read under the caller's scope. */
@Injectable()
export class ShipmentRepository {
  async insert(tx: Transaction, orderId: string, shipment: Shipment): Promise<void> {
    const { id, sequence, carrier, trackingNumber, trackingUrl, createdAt, items } = shipment;
    await insertRows(tx, 'shipment', [
      {
        id,
        order_id: orderId,
        sequence,
        carrier,
        tracking_number: trackingNumber,
        tracking_url: trackingUrl,
        created_at: createdAt,
      },
    ]);
    await insertRows(
      tx,
      'shipment_line',
      items.map(({ line, quantity }) => ({ shipment_id: id, line_number: line, quantity })),
    );
  }

  /** In the order of their leaving. */
  async list(queries: SqlQueries, orderId: string): Promise<Shipment[]> {
    const rows = await queries.query<ShipmentRow>(sql`
      SELECT id, sequence, carrier, tracking_number, tracking_url, created_at
      FROM shipment
      WHERE order_id = ${orderId}
      ORDER BY sequence`);
    const lines = await queries.query<ShipmentLineRow>(sql`
      SELECT l.shipment_id, l.line_number, l.quantity
      FROM shipment_line l
      JOIN shipment s ON s.id = l.shipment_id
      WHERE s.order_id = ${orderId}
      ORDER BY l.line_number`);
    return rows.map((row) => ({
      id: row.id,
      sequence: row.sequence,
      carrier: row.carrier,
      trackingNumber: row.tracking_number,
      trackingUrl: row.tracking_url,
      createdAt: row.created_at,
      items: lines
        .filter((line) => line.shipment_id === row.id)
        .map(({ line_number: line, quantity }) => ({ line, quantity })),
    }));
  }
}
