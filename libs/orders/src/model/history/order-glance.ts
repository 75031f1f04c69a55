import { createHash } from 'node:crypto';
import type { RowOf } from '#libs/database';
import type { OrderEntity } from '../order.entity.js';
import type { OrderHead } from '../order.js';

/** An order in a list: nothing of who it is for. */
export type OrderGlance = Pick<
  OrderHead,
  | 'id'
  | 'storeCode'
  | 'number'
  | 'state'
  | 'paymentState'
  | 'currency'
  | 'totalMinor'
  | 'version'
  | 'placedAt'
>;

export type GlanceRow = RowOf<
  OrderEntity,
  | 'id'
  | 'store_code'
  | 'order_number'
  | 'state'
  | 'payment_state'
  | 'currency'
  | 'total_minor'
  | 'version'
  | 'placed_at'
>;

/** So many of a customer's latest orders are copied; what is older is read from the database. */
export const HISTORY_LENGTH = 200;

/** Names the state of a history by all that is in it, newest first: every change raises the version of an order. */
export function historyStamp(orders: readonly Pick<OrderGlance, 'id' | 'version'>[]): string {
  const hash = createHash('sha256');
  for (const { id, version } of orders) hash.update(`${id}.${version} `);
  return hash.digest('base64url');
}

/** The identity comes first: it sorts the texts of orders that were placed at the same instant. */
export function glanceFrom(row: GlanceRow): OrderGlance {
  return {
    id: row.id,
    storeCode: row.store_code,
    number: row.order_number,
    state: row.state,
    paymentState: row.payment_state,
    currency: row.currency,
    totalMinor: row.total_minor,
    version: row.version,
    placedAt: row.placed_at,
  };
}
