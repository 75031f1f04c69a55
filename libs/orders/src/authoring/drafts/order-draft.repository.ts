import { Injectable } from '@nestjs/common';
import { insertRows, type RowOf, sql, type SqlQueries, type Transaction } from '#libs/database';
import type { OrderDraftEntity } from '../../model/drafts/order-draft.entity.js';
import type { OrderPosition } from '../../model/order-lookup.js';
import type { StaffOrder } from '../placing/staff-order.js';
import type { OrderDraft } from './order-draft.js';

type DraftRow = Omit<RowOf<OrderDraftEntity>, 'store_code' | 'customer_id'>;

const COLUMNS = sql`id, store_id, content_json, note, author, version, created_at, updated_at, expires_at`;

/** Rows of drafts, always of one store. */
@Injectable()
export class OrderDraftRepository {
  async find(queries: SqlQueries, storeId: string, id: string): Promise<OrderDraft | undefined> {
    const [row] = await queries.query<DraftRow>(sql`
      SELECT ${COLUMNS}
      FROM order_draft
      WHERE store_id = ${storeId} AND id = ${id}`);
    return row === undefined ? undefined : draftOf(row);
  }

  /** Newest first, at most `limit` behind `after`. */
  async list(
    queries: SqlQueries,
    storeId: string,
    after: OrderPosition | undefined,
    limit: number,
  ): Promise<OrderDraft[]> {
    const rows = await queries.query<DraftRow>(sql`
      SELECT ${COLUMNS}
      FROM order_draft
      WHERE store_id = ${storeId} AND ${sql.behind(sql`created_at`, sql`id`, after)}
      ORDER BY created_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map(draftOf);
  }

  async insert(tx: Transaction, storeCode: string, draft: OrderDraft): Promise<void> {
    await insertRows(tx, 'order_draft', [
      {
        id: draft.id,
        store_id: draft.storeId,
        store_code: storeCode,
        customer_id: draft.order.customerId,
        content_json: JSON.stringify(draft.order),
        note: draft.note,
        author: draft.author,
        version: draft.version,
        created_at: draft.createdAt,
        updated_at: draft.updatedAt,
        expires_at: draft.expiresAt,
      },
    ]);
  }

  /** False when it is not there at the version before this one. */
  async tryReplace(tx: Transaction, draft: OrderDraft): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE order_draft
      SET customer_id = ${draft.order.customerId}, content_json = ${JSON.stringify(draft.order)},
        note = ${draft.note}, version = ${draft.version}, updated_at = ${draft.updatedAt},
        expires_at = ${draft.expiresAt}
      WHERE id = ${draft.id} AND version = ${draft.version - 1}`);
    return changed === 1;
  }

  /** False when it is not there at this version: one of those who ask at once has it. */
  async tryRemove(tx: Transaction, { id, version }: OrderDraft): Promise<boolean> {
    const removed = await tx.execute(sql`
      DELETE FROM order_draft
      WHERE id = ${id} AND version = ${version}`);
    return removed === 1;
  }

  async removeOf(tx: Transaction, customerId: string): Promise<void> {
    await tx.execute(sql`
      DELETE FROM order_draft
      WHERE customer_id = ${customerId}`);
  }
}

function draftOf(row: DraftRow): OrderDraft {
  return {
    id: row.id,
    storeId: row.store_id,
    order: JSON.parse(row.content_json) as StaffOrder,
    note: row.note,
    author: row.author,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
  };
}
