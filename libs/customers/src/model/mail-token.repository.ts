import { Injectable } from '@nestjs/common';
import {
  insertRows,
  PrimaryReader,
  type RowOf,
  sql,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { newId } from '#libs/kernel';
import type { CustomerEntity } from './customer.entity.js';
import { customersErrors } from './customers.errors.js';
import { mailTokens, type MailTokenKind } from './shopper-tokens.js';

/** How long a link of a mail opens, in milliseconds. */
const LIFE_MS: Readonly<Record<MailTokenKind, number>> = {
  verification: 3 * 24 * 3_600_000,
  'password-reset': 3_600_000,
};

/** A token as it was presented, and at which store. */
export interface PresentedMailToken {
  readonly storeId: string;
  readonly token: string;
  readonly now: number;
}

export type TokenHolder = RowOf<CustomerEntity, 'id' | 'email' | 'name'>;

/** What mails give customers to prove that the mailbox is theirs: once, for a while, at one store, for one purpose. */
@Injectable()
export class MailTokenRepository {
  constructor(private readonly database: PrimaryReader) {}

  /** The text is given out here and never again. */
  async issue(
    tx: Transaction,
    customerId: string,
    kind: MailTokenKind,
    now: number,
  ): Promise<string> {
    const token = mailTokens.create(kind);
    await insertRows(tx, 'customer_token', [
      {
        id: newId(),
        customer_id: customerId,
        kind,
        token_sha256: token.sha256,
        expires_at: now + LIFE_MS[kind],
        created_at: now,
      },
    ]);
    return token.text;
  }

  /** Whose it is, as long as it opens something. */
  find(kind: MailTokenKind, presented: PresentedMailToken): Promise<TokenHolder | undefined> {
    return this.findHolder(this.database, kind, presented);
  }

  /** Uses it up and says whose it is: of two who present it, one. Throws `customers.token-invalid`. */
  async redeem(tx: Transaction, kind: MailTokenKind, wanted: PresentedMailToken): Promise<string> {
    const holder = await this.findHolder(tx, kind, wanted);
    const sha256 = mailTokens.read(wanted.token)?.sha256 ?? '';
    const used = await tx.execute(
      sql`DELETE FROM customer_token WHERE token_sha256 = ${sha256} AND kind = ${kind}`,
    );
    if (holder === undefined || used === 0) throw customersErrors.tokenInvalid();
    return holder.id;
  }

  /** Links of before open nothing any more. */
  async forget(tx: Transaction, customerId: string): Promise<void> {
    await tx.execute(sql`DELETE FROM customer_token WHERE customer_id = ${customerId}`);
  }

  private async findHolder(
    queries: SqlQueries,
    kind: MailTokenKind,
    { storeId, token, now }: PresentedMailToken,
  ): Promise<TokenHolder | undefined> {
    const presented = mailTokens.read(token);
    if (presented?.kind !== kind) return undefined;
    const [row] = await queries.query<TokenHolder>(sql`
      SELECT c.id, c.email, c.name
      FROM customer_token t
      JOIN customer c ON c.id = t.customer_id
      WHERE t.token_sha256 = ${presented.sha256} AND t.kind = ${kind} AND t.expires_at > ${now}
        AND c.store_id = ${storeId} AND c.is_blocked = 0`);
    return row;
  }
}
