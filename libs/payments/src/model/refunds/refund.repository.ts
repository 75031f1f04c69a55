import { Injectable } from '@nestjs/common';
import {
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import type { Refund, RefundedParts } from './refund.js';
import type { RefundEntity } from './refund.entity.js';

type RefundRow = RowOf<RefundEntity>;

/** How a refund ended, and what it is called by its provider. */
export interface RefundEnding {
  readonly state: 'succeeded' | 'failed';
  readonly providerReference: string | null;
  readonly failureCode: string | null;
}

@Injectable()
export class RefundRepository {
  async insert(tx: Transaction, refund: Refund): Promise<void> {
    await tx.execute(
      sql.insert('refund', [
        {
          id: refund.id,
          payment_id: refund.paymentId,
          state: refund.state,
          amount_minor: refund.amountMinor,
          parts_json: JSON.stringify(refund.parts),
          reason: refund.reason,
          requested_by: refund.requestedBy,
          provider_reference: refund.providerReference,
          failure_code: refund.failureCode,
          created_at: refund.createdAt,
          updated_at: refund.updatedAt,
        },
      ]),
    );
  }

  /** Oldest first. */
  list(queries: SqlQueries, paymentId: string): Promise<Refund[]> {
    return this.select(queries, sql`payment_id = ${paymentId}`);
  }

  /** The same of several payments, at least one. */
  listOfAll(queries: SqlQueries, paymentIds: readonly string[]): Promise<Refund[]> {
    return this.select(queries, sql`payment_id IN ${sql.in(paymentIds)}`);
  }

  async find(queries: SqlQueries, id: string): Promise<Refund | undefined> {
    const [refund] = await this.select(queries, sql`id = ${id}`);
    return refund;
  }

  /** Ends a pending one; false when it has ended already. */
  async tryEnd(tx: Transaction, id: string, ending: RefundEnding, now: number): Promise<boolean> {
    const rows = await tx.execute(sql`
      UPDATE refund
      SET state = ${ending.state},
        provider_reference = COALESCE(${ending.providerReference}, provider_reference),
        failure_code = ${ending.failureCode},
        updated_at = ${now}
      WHERE id = ${id} AND state = 'pending'`);
    return rows === 1;
  }

  async attach(tx: Transaction, id: string, providerReference: string, now: number): Promise<void> {
    await tx.execute(sql`
      UPDATE refund
      SET provider_reference = ${providerReference}, updated_at = ${now}
      WHERE id = ${id}`);
  }

  private async select(queries: SqlQueries, condition: SqlStatement): Promise<Refund[]> {
    const rows = await queries.query<RefundRow>(sql`
      SELECT id, payment_id, state, amount_minor, parts_json, reason, requested_by,
        provider_reference, failure_code, created_at, updated_at
      FROM refund
      WHERE ${condition}
      ORDER BY created_at, id`);
    return rows.map((row) => ({
      id: row.id,
      paymentId: row.payment_id,
      state: row.state,
      amountMinor: row.amount_minor,
      parts: JSON.parse(row.parts_json) as RefundedParts,
      reason: row.reason,
      requestedBy: row.requested_by,
      providerReference: row.provider_reference,
      failureCode: row.failure_code,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }));
  }
}
