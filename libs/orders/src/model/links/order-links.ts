import { Injectable } from '@nestjs/common';
import {
  chunksOf,
  DatabaseClock,
  MAX_PARAMETERS,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
} from '#libs/database';
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
    const [key] = await this.listKeys(
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
    return (await this.listOrderIds(queries, [token]))[0];
  }

  /** The same for many links, in their order; the keys are looked up together, and of those there are few. */
  async listOrderIds(
    queries: SqlQueries,
    tokens: readonly string[],
  ): Promise<readonly (string | undefined)[]> {
    const keyIds = new Set(tokens.map(findOrderLinkKey).filter((id) => id !== undefined));
    const keys = new Map<string, OrderLinkKey>();
    for (const ids of chunksOf([...keyIds], MAX_PARAMETERS)) {
      const found = await this.listKeys(queries, sql`id IN ${sql.in(ids)}`);
      for (const key of found) keys.set(key.id, key);
    }
    return tokens.map((token) => {
      const key = keys.get(findOrderLinkKey(token) ?? '');
      return key && readOrderLink(token, key, this.nowSeconds())?.orderId;
    });
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.wallMs() / 1_000);
  }

  private async listKeys(queries: SqlQueries, rest: SqlStatement): Promise<OrderLinkKey[]> {
    const rows = await queries.query<KeyRow>(sql`
      SELECT id, signing_key
      FROM order_link_key
      WHERE ${rest}`);
    return rows.map((row) => ({ id: row.id, signingKey: row.signing_key }));
  }
}
