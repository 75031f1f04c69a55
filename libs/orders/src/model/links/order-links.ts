import { Injectable } from '@nestjs/common';
import { DatabaseClock, type RowOf, sql, type SqlQueries, type SqlStatement } from '#libs/database';
import { ordersErrors } from '../orders.errors.js';
import {
  findOrderLinkKey,
  readOrderLink,
  writeOrderLink,
  type OrderLinkKey,
} from './order-link.js';
import type { OrderLinkKeyEntity } from './order-link-key.entity.js';

/** Long enough for a return. */
const VALID_SECONDS = 90 * 24 * 3_600;

type KeyRow = RowOf<OrderLinkKeyEntity, 'id' | 'signing_key'>;

/**
 * Links with which a guest sees an order without an account: signed, and valid for 90 days. The keys are in
 * SQL, so every replica opens what another one has signed, and a restored database what it had sent.
 */
@Injectable()
export class OrderLinks {
  constructor(private readonly clock: DatabaseClock) {}

  /** Throws `orders.no-link-key` when the keys were removed. */
  async sign(queries: SqlQueries, orderId: string): Promise<string> {
    const key = await this.findKey(
      queries,
      sql`1 = 1
        ORDER BY created_at DESC, id DESC
        ${sql.limit(1)}`,
    );
    if (key === undefined) throw ordersErrors.noLinkKey();
    return writeOrderLink({ orderId, expiresAt: this.nowSeconds() + VALID_SECONDS }, key);
  }

  /** The id of the order that a link opens; undefined for what is forged, expired or no link. */
  async findOrderId(queries: SqlQueries, token: string): Promise<string | undefined> {
    const keyId = findOrderLinkKey(token);
    if (keyId === undefined) return undefined;
    const key = await this.findKey(queries, sql`id = ${keyId}`);
    return key && readOrderLink(token, key, this.nowSeconds())?.orderId;
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.wallMs() / 1_000);
  }

  private async findKey(
    queries: SqlQueries,
    rest: SqlStatement,
  ): Promise<OrderLinkKey | undefined> {
    const [row] = await queries.query<KeyRow>(sql`
      SELECT id, signing_key
      FROM order_link_key
      WHERE ${rest}`);
    return row && { id: row.id, signingKey: row.signing_key };
  }
}
