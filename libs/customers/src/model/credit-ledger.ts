import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  idempotencyErrors,
  insertRows,
  KeepsLedger,
  type RowOf,
  sql,
  type SqlQueries,
  type Transaction,
} from '#libs/database';
import { currentContext } from '#libs/kernel';
import { customersErrors } from './customers.errors.js';
import type { CreditEntryEntity, CreditKind } from './credit-entry.entity.js';
import type { CreditAccountEntity } from './credit-account.entity.js';

export interface CreditAccountView {
  readonly currency: string;
  /** The sum of its entries, in minor units; below zero: owed by the customer. */
  readonly balanceMinor: number;
  /** How far below zero orders may take it. */
  readonly limitMinor: number;
  /** Counts up with every entry and every change of the limit. */
  readonly version: number;
}

export interface CreditEntryView {
  readonly id: number;
  readonly amountMinor: number;
  readonly balanceMinor: number;
  readonly kind: CreditKind;
  readonly reference: string;
  readonly actor: string | null;
  readonly note: string | null;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
}

/** Names the account of a customer in a currency. */
export interface CreditAddress {
  readonly customerId: string;
  readonly currency: string;
}

export interface CreditMovement {
  readonly amountMinor: number;
  readonly kind: CreditKind;
  /** What it is for: of a kind, there is one entry with it, however often it is written. */
  readonly reference: string;
  readonly note: string | null;
}

/** What an order that was charged comes to in addition. */
export interface CreditMore {
  /** That of the charge. */
  readonly reference: string;
  /** Tells it from every other charge and release of the order. */
  readonly part: string;
  readonly amountMinor: number;
}

/** What an order was charged and owes no more. All releases of an order come to its charge at most. */
export interface CreditRelease {
  /** That of the charge. */
  readonly reference: string;
  /** Tells the releases of one charge apart; null: the last one. */
  readonly part: string | null;
  readonly amountMinor: number;
}

/**
 * What customers have with a store: an append-only ledger whose sum is the balance. The account's row is
 * changed by a conditional statement before its entry is written, in the caller's unit of work, so parallel
 * movements take turns and none passes the limit.
 */
@Injectable()
@KeepsLedger({
  name: 'credit',
  key: ['customer_id', 'currency'],
  entries: { table: 'credit_entry', amount: 'amount_minor' },
  balances: { table: 'credit_account', amount: 'balance_minor' },
})
export class CreditLedger {
  constructor(private readonly clock: DatabaseClock) {}

  async list(queries: SqlQueries, customerId: string): Promise<CreditAccountView[]> {
    const rows = await queries.query<AccountRow>(sql`
      SELECT currency, balance_minor, limit_minor, version
      FROM credit_account
      WHERE customer_id = ${customerId}
      ORDER BY currency`);
    return rows.map(accountOf);
  }

  /** Newest first, at most `limit` with an id less than `beforeId`. */
  async listEntries(
    queries: SqlQueries,
    { customerId, currency }: CreditAddress,
    beforeId: number,
    limit: number,
  ): Promise<CreditEntryView[]> {
    const rows = await queries.query<EntryRow>(sql`
      SELECT id, amount_minor, balance_minor, kind, reference, actor, note, recorded_at
      FROM credit_entry
      WHERE customer_id = ${customerId} AND currency = ${currency} AND id < ${beforeId}
      ORDER BY id DESC
      ${sql.limit(limit)}`);
    return rows.map(entryOf);
  }

  /**
   * An order on account. Without an account in the currency nothing limits it and nothing is written.
   * Throws `customers.credit-exceeded`.
   */
  async charge(
    tx: Transaction,
    address: CreditAddress,
    { amountMinor, reference }: { amountMinor: number; reference: string },
  ): Promise<void> {
    const { customerId, currency } = address;
    if (!(await this.hold(tx, address))) return;
    const movement = { amountMinor: -amountMinor, kind: 'order' as const, reference, note: null };
    await this.write(tx, { customerId, currency }, movement, true);
  }

  /** What an order comes to in addition; nothing when it was not charged at first. Throws `customers.credit-exceeded`. */
  async chargeMore(
    tx: Transaction,
    address: CreditAddress,
    { reference, part, amountMinor }: CreditMore,
  ): Promise<void> {
    if (!(await this.hold(tx, address))) return;
    if ((await this.find(tx, address, 'order', reference)) === undefined) return;
    const of = { kind: 'order' as const, reference: `${reference}/${part}`, note: null };
    await this.write(tx, address, { ...of, amountMinor: -amountMinor }, true);
  }

  /** Gives back some of what an order was charged; nothing when it was not, or this part has been before. */
  async release(
    tx: Transaction,
    address: CreditAddress,
    { reference, part, amountMinor }: CreditRelease,
  ): Promise<void> {
    if (amountMinor === 0 || !(await this.hold(tx, address))) return;
    if ((await this.find(tx, address, 'order', reference)) === undefined) return;
    const movement = {
      amountMinor,
      kind: 'release' as const,
      reference: part === null ? reference : `${reference}/${part}`,
      note: null,
    };
    await this.write(tx, address, movement, false);
  }

  /**
   * By hand; also opens the account. The same again changes nothing; another amount with the same reference is
   * refused: `idempotency.key-reused`.
   */
  async enter(tx: Transaction, address: CreditAddress, movement: CreditMovement): Promise<void> {
    await this.open(tx, address);
    const earlier = await this.find(tx, address, movement.kind, movement.reference);
    if (earlier !== undefined && earlier.amount_minor !== movement.amountMinor) {
      throw idempotencyErrors.keyReused();
    }
    await this.write(tx, address, movement, false);
  }

  /** Also opens the account. */
  async setLimit(tx: Transaction, address: CreditAddress, limitMinor: number): Promise<void> {
    await this.open(tx, address);
    await tx.execute(sql`
      UPDATE credit_account
      SET limit_minor = ${limitMinor}, version = version + 1, updated_at = ${this.clock.wallMs()}
      WHERE customer_id = ${address.customerId} AND currency = ${address.currency}`);
  }

  private async write(
    tx: Transaction,
    address: CreditAddress,
    { amountMinor, kind, reference, note }: CreditMovement,
    isLimited: boolean,
  ): Promise<void> {
    const { customerId, currency } = address;
    if ((await this.find(tx, address, kind, reference)) !== undefined) return;
    const now = this.clock.wallMs();
    const isAllowed = isLimited ? sql`balance_minor + ${amountMinor} >= -limit_minor` : sql`1 = 1`;
    const changed = await tx.execute(sql`
      UPDATE credit_account
      SET balance_minor = balance_minor + ${amountMinor}, version = version + 1, updated_at = ${now}
      WHERE customer_id = ${customerId} AND currency = ${currency} AND ${isAllowed}`);
    if (changed === 0) throw customersErrors.creditExceeded();
    const [account] = await tx.query<RowOf<CreditAccountEntity, 'balance_minor'>>(sql`
      SELECT balance_minor
      FROM credit_account
      WHERE customer_id = ${customerId} AND currency = ${currency}`);
    const actor = currentContext()?.actor;
    await insertRows(tx, 'credit_entry', [
      {
        customer_id: customerId,
        currency,
        amount_minor: amountMinor,
        balance_minor: account?.balance_minor ?? 0,
        kind,
        reference,
        actor: actor?.kind === 'customer' ? null : (actor?.name ?? null),
        note,
        recorded_at: now,
      },
    ]);
  }

  private async find(
    tx: Transaction,
    { customerId, currency }: CreditAddress,
    kind: CreditKind,
    reference: string,
  ): Promise<{ readonly amount_minor: number } | undefined> {
    const [row] = await tx.query<RowOf<CreditEntryEntity, 'amount_minor'>>(sql`
      SELECT amount_minor
      FROM credit_entry
      WHERE customer_id = ${customerId} AND currency = ${currency} AND kind = ${kind}
        AND reference = ${reference}`);
    return row;
  }

  private async open(tx: Transaction, address: CreditAddress): Promise<void> {
    if (await this.hold(tx, address)) return;
    const { customerId, currency } = address;
    const now = this.clock.wallMs();
    const empty = { balance_minor: 0, limit_minor: 0, version: 1, updated_at: now };
    await insertRows(tx, 'credit_account', [{ customer_id: customerId, currency, ...empty }]);
  }

  /** Makes others who move the account wait; whether there is one. */
  private async hold(tx: Transaction, { customerId, currency }: CreditAddress): Promise<boolean> {
    await tx.lock(`credit:${customerId}:${currency}`);
    const rows = await tx.query<RowOf<CreditAccountEntity, 'version'>>(sql`
      SELECT version
      FROM credit_account
      WHERE customer_id = ${customerId} AND currency = ${currency}`);
    return rows.length > 0;
  }
}

type AccountRow = RowOf<
  CreditAccountEntity,
  'currency' | 'balance_minor' | 'limit_minor' | 'version'
>;

type EntryRow = Omit<RowOf<CreditEntryEntity>, 'customer_id' | 'currency'>;

function accountOf(row: AccountRow): CreditAccountView {
  return {
    currency: row.currency,
    balanceMinor: row.balance_minor,
    limitMinor: row.limit_minor,
    version: row.version,
  };
}

function entryOf(row: EntryRow): CreditEntryView {
  return {
    id: row.id,
    amountMinor: row.amount_minor,
    balanceMinor: row.balance_minor,
    kind: row.kind,
    reference: row.reference,
    actor: row.actor,
    note: row.note,
    recordedAt: row.recorded_at,
  };
}
