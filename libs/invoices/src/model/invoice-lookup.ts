import { Injectable } from '@nestjs/common';
import { type RowOf, sql, type SqlQueries, type SqlStatement } from '#libs/database';
import type { InvoiceEntity } from './invoice.entity.js';
import type { Invoice, InvoiceContent, InvoiceHead, InvoiceKind } from './invoice.js';

type HeadRow = RowOf<
  InvoiceEntity,
  | 'id'
  | 'store_id'
  | 'order_id'
  | 'subject_id'
  | 'kind'
  | 'number'
  | 'currency'
  | 'total_minor'
  | 'issued_at'
>;

type ContentRow = RowOf<InvoiceEntity, 'content_json'>;

/** Which documents staff look for; what is absent is not asked. Times are epoch milliseconds. */
export interface InvoiceFilter {
  readonly kind?: InvoiceKind | undefined;
  readonly number?: string | undefined;
  readonly orderId?: string | undefined;
  readonly issuedFrom?: number | undefined;
  /** Exclusive. */
  readonly issuedUntil?: number | undefined;
}

/** Where a page goes on, newest first. */
export interface InvoicePosition {
  readonly createdAt: number;
  readonly id: string;
}

const HEAD = sql`id, store_id, order_id, subject_id, kind, number, currency, total_minor, issued_at`;

/** Finds documents; every question names an order that was read under its asker's scope, or a store. */
@Injectable()
export class InvoiceLookup {
  /** The invoice, and its credit notes oldest first. */
  async listOfOrder(queries: SqlQueries, orderId: string): Promise<Invoice[]> {
    return this.select(queries, sql`order_id = ${orderId}`);
  }

  async findOfOrder(
    queries: SqlQueries,
    orderId: string,
    id: string,
  ): Promise<Invoice | undefined> {
    return (await this.select(queries, sql`order_id = ${orderId} AND id = ${id}`))[0];
  }

  async hasOfOrder(queries: SqlQueries, orderId: string): Promise<boolean> {
    const rows = await queries.query<RowOf<InvoiceEntity, 'id'>>(sql`
      SELECT id
      FROM invoice
      WHERE order_id = ${orderId}
      ORDER BY id
      ${sql.limit(1)}`);
    return rows.length > 0;
  }

  async findInStore(
    queries: SqlQueries,
    storeId: string,
    id: string,
  ): Promise<Invoice | undefined> {
    return (await this.select(queries, sql`store_id = ${storeId} AND id = ${id}`))[0];
  }

  /** For what the shop sends by itself; not for what somebody asks. */
  async findForShop(queries: SqlQueries, id: string): Promise<Invoice | undefined> {
    return (await this.select(queries, sql`id = ${id}`))[0];
  }

  /** Newest first, at most `limit` behind `after`. */
  async list(
    queries: SqlQueries,
    storeId: string,
    filter: InvoiceFilter,
    after: InvoicePosition | undefined,
    limit: number,
  ): Promise<InvoiceHead[]> {
    const { kind, number, orderId, issuedFrom, issuedUntil } = filter;
    const conditions = [
      sql`store_id = ${storeId}`,
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(number === undefined ? [] : [sql`number = ${number}`]),
      ...(orderId === undefined ? [] : [sql`order_id = ${orderId}`]),
      ...(issuedFrom === undefined ? [] : [sql`issued_at >= ${issuedFrom}`]),
      ...(issuedUntil === undefined ? [] : [sql`issued_at < ${issuedUntil}`]),
      sql.behind(sql`issued_at`, sql`id`, after),
    ];
    const rows = await queries.query<HeadRow>(sql`
      SELECT ${HEAD}
      FROM invoice
      WHERE ${sql.join(conditions, ' AND ')}
      ORDER BY issued_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map(headOf);
  }

  private async select(queries: SqlQueries, condition: SqlStatement): Promise<Invoice[]> {
    const rows = await queries.query<HeadRow & ContentRow>(sql`
      SELECT ${HEAD}, content_json
      FROM invoice
      WHERE ${condition}
      ORDER BY CASE kind WHEN 'invoice' THEN 0 ELSE 1 END, issued_at, id`);
    return rows.map((row) => ({
      ...headOf(row),
      content: JSON.parse(row.content_json) as InvoiceContent,
    }));
  }
}

function headOf(row: HeadRow): InvoiceHead {
  return {
    id: row.id,
    storeId: row.store_id,
    orderId: row.order_id,
    subjectId: row.subject_id,
    kind: row.kind,
    number: row.number,
    currency: row.currency,
    totalMinor: row.total_minor,
    issuedAt: row.issued_at,
  };
}
