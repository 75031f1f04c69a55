import { Injectable } from '@nestjs/common';
import {
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import type { PaymentMethod } from './payment-method.js';
import type { OrderPayments } from './order-payments.js';
import type { Balance, Payment, PaymentAmounts } from './payment.js';
import type { PaymentEntity } from './payment.entity.js';

type PaymentRow = RowOf<PaymentEntity>;

/** Rows of payments. Their amounts are only ever changed by {@link tryChange}, and the whole of one by {@link tryAmend}. */
@Injectable()
export class PaymentRepository {
  /** The one that the order was placed with. */
  findOfOrder(queries: SqlQueries, orderId: string): Promise<Payment | undefined> {
    return this.find(queries, sql`order_id = ${orderId}`);
  }

  /** All of an order; undefined when there is none that it was placed with. */
  async findAllOfOrder(queries: SqlQueries, orderId: string): Promise<OrderPayments | undefined> {
    const [first, ...balances] = await this.select(
      queries,
      sql`order_id = ${orderId} OR balance_of = ${orderId}`,
    );
    return first?.balance === null ? [first, ...balances] : undefined;
  }

  findById(queries: SqlQueries, id: string): Promise<Payment | undefined> {
    return this.find(queries, sql`id = ${id}`);
  }

  findByReference(
    queries: SqlQueries,
    method: PaymentMethod,
    reference: string,
  ): Promise<Payment | undefined> {
    return this.find(queries, sql`provider_reference = ${reference} AND method = ${method}`);
  }

  async insert(tx: Transaction, payment: Payment): Promise<void> {
    await tx.execute(
      sql.insert('payment', [
        {
          id: payment.id,
          order_id: payment.balance === null ? payment.orderId : payment.id,
          balance_of: payment.balance === null ? null : payment.orderId,
          added_json: payment.balance === null ? null : JSON.stringify(payment.balance),
          method: payment.method,
          state: payment.state,
          currency: payment.currency,
          amount_minor: payment.amountMinor,
          waived_minor: payment.waivedMinor,
          authorised_minor: payment.authorisedMinor,
          capture_pending_minor: payment.capturePendingMinor,
          captured_minor: payment.capturedMinor,
          refund_pending_minor: payment.refundPendingMinor,
          refunded_minor: payment.refundedMinor,
          provider_reference: payment.providerReference,
          failure_code: payment.failureCode,
          version: payment.version,
          created_at: payment.createdAt,
          updated_at: payment.updatedAt,
        },
      ]),
    );
  }

  /**
   * Moves the amounts by what differs, if the row is as it was read and stays within its bounds: the
   * database checks the sums of what it holds, not what the caller believes they are.
   */
  async tryChange(
    tx: Transaction,
    before: Payment,
    after: PaymentAmounts & { readonly failureCode: string | null },
    now: number,
  ): Promise<boolean> {
    const waived = after.waivedMinor - before.waivedMinor;
    const authorised = after.authorisedMinor - before.authorisedMinor;
    const capturePending = after.capturePendingMinor - before.capturePendingMinor;
    const captured = after.capturedMinor - before.capturedMinor;
    const refundPending = after.refundPendingMinor - before.refundPendingMinor;
    const refunded = after.refundedMinor - before.refundedMinor;
    const rows = await tx.execute(sql`
      UPDATE payment
      SET state = ${after.state},
        waived_minor = waived_minor + ${waived},
        authorised_minor = authorised_minor + ${authorised},
        capture_pending_minor = capture_pending_minor + ${capturePending},
        captured_minor = captured_minor + ${captured},
        refund_pending_minor = refund_pending_minor + ${refundPending},
        refunded_minor = refunded_minor + ${refunded},
        failure_code = ${after.failureCode},
        version = version + 1,
        updated_at = ${now}
      WHERE id = ${before.id} AND version = ${before.version} AND state = ${before.state}
        AND authorised_minor + ${authorised} <= amount_minor
        AND waived_minor + ${waived} + capture_pending_minor + ${capturePending} <= amount_minor
        AND captured_minor + ${captured} + capture_pending_minor + ${capturePending}
          <= authorised_minor + ${authorised}
        AND refunded_minor + ${refunded} + refund_pending_minor + ${refundPending}
          <= captured_minor + ${captured}`);
    return rows === 1;
  }

  /** The order comes to another amount; only while nothing was promised, taken or given up of it. */
  async tryAmend(
    tx: Transaction,
    { id, version }: Payment,
    amountMinor: number,
    now: number,
  ): Promise<boolean> {
    const rows = await tx.execute(sql`
      UPDATE payment
      SET amount_minor = ${amountMinor}, version = version + 1, updated_at = ${now}
      WHERE id = ${id} AND version = ${version} AND state = 'pending' AND waived_minor = 0`);
    return rows === 1;
  }

  /** False when it has another one. */
  async tryAttach(
    tx: Transaction,
    id: string,
    providerReference: string,
    now: number,
  ): Promise<boolean> {
    const rows = await tx.execute(sql`
      UPDATE payment
      SET provider_reference = ${providerReference}, version = version + 1, updated_at = ${now}
      WHERE id = ${id} AND (provider_reference IS NULL OR provider_reference = ${providerReference})`);
    return rows === 1;
  }

  private async find(queries: SqlQueries, condition: SqlStatement): Promise<Payment | undefined> {
    return (await this.select(queries, condition))[0];
  }

  /** What the order was placed with first, then balances, oldest first. */
  private async select(queries: SqlQueries, condition: SqlStatement): Promise<Payment[]> {
    const rows = await queries.query<PaymentRow>(sql`
      SELECT id, order_id, balance_of, added_json, method, state, currency, amount_minor, waived_minor,
        authorised_minor, capture_pending_minor, captured_minor, refund_pending_minor, refunded_minor,
        provider_reference, failure_code, version, created_at, updated_at
      FROM payment
      WHERE ${condition}
      ORDER BY CASE WHEN balance_of IS NULL THEN 0 ELSE 1 END, created_at, id`);
    return rows.map(paymentOf);
  }
}

function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.id,
    orderId: row.balance_of ?? row.order_id,
    balance: row.added_json === null ? null : (JSON.parse(row.added_json) as Balance),
    method: row.method,
    state: row.state,
    currency: row.currency,
    amountMinor: row.amount_minor,
    waivedMinor: row.waived_minor,
    authorisedMinor: row.authorised_minor,
    capturePendingMinor: row.capture_pending_minor,
    capturedMinor: row.captured_minor,
    refundPendingMinor: row.refund_pending_minor,
    refundedMinor: row.refunded_minor,
    providerReference: row.provider_reference,
    failureCode: row.failure_code,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
