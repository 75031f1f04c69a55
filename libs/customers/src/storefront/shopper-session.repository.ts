import { Injectable } from '@nestjs/common';
import {
  deleteRows,
  insertRows,
  type RowOf,
  sql,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { newId } from '#libs/kernel';
import { customerLimits } from '../model/customer.js';
import { customersTags } from '../model/customers.tags.js';
import { shopperTokens } from '../model/shopper-tokens.js';
import type { ShopperSessionView } from './shopper-session.editor.js';
import type { ShopperSessionEntity } from '../model/shopper-session.entity.js';

const SESSION_LIFE_MS = 30 * 24 * 3_600_000;

export interface NewShopperSession {
  readonly id: string;
  /** Given out here and never again. */
  readonly token: string;
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

type SessionRow = RowOf<ShopperSessionEntity, 'id' | 'device' | 'created_at' | 'expires_at'>;

/** Sessions of shoppers; every statement names the customer, so that an id alone finds nothing. */
@Injectable()
export class ShopperSessionRepository {
  async open(
    tx: Transaction,
    { customerId, device, now }: { customerId: string; device: string | null; now: number },
  ): Promise<NewShopperSession> {
    await this.makeRoom(tx, customerId);
    const token = shopperTokens.create('session');
    const session = { id: newId(), customerId, expiresAt: now + SESSION_LIFE_MS };
    await insertRows(tx, 'shopper_session', [
      {
        id: session.id,
        customer_id: customerId,
        token_sha256: token.sha256,
        device,
        created_at: now,
        expires_at: session.expiresAt,
        revoked_at: null,
      },
    ]);
    tx.invalidate(customersTags.credential(token.sha256));
    return { ...session, token: token.text };
  }

  async listLive(
    queries: SqlQueries,
    customerId: string,
    { afterId, limit }: { afterId: string; limit: number },
    now: number,
  ): Promise<ShopperSessionView[]> {
    const rows = await queries.query<SessionRow>(sql`
      SELECT id, device, created_at, expires_at
      FROM shopper_session
      WHERE customer_id = ${customerId} AND revoked_at IS NULL AND expires_at > ${now}
        AND id > ${afterId}
      ORDER BY id
      ${sql.limit(limit)}`);
    return rows.map((row) => ({
      id: row.id,
      device: row.device,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  }

  /** However often somebody signs in, a customer has a bounded number of sessions: the oldest go. */
  private async makeRoom(tx: Transaction, customerId: string): Promise<void> {
    const rows = await tx.query<RowOf<ShopperSessionEntity, 'id'>>(sql`
      SELECT id
      FROM shopper_session
      WHERE customer_id = ${customerId}
      ORDER BY id DESC
      ${sql.limit(customerLimits.sessions * 2)}`);
    const ids = rows.slice(customerLimits.sessions - 1).map(({ id }) => id);
    if (ids.length === 0) return;
    tx.invalidate(...ids.map((id) => customersTags.session(id)));
    await deleteRows(tx, 'shopper_session', 'id', ids);
  }
}
