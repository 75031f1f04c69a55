import { Injectable } from '@nestjs/common';
import {
  heldRows,
  insertRows,
  sql,
  type Row,
  type SqlQueries,
  type Transaction,
  type RowOf,
} from '#libs/database';
import { promotionColumns, promotionOfRow, type PromotionRow } from '../model/promotion-rows.js';
import type { Promotion, PromotionState } from '../model/promotion.js';
import type { PromotionEntity } from '../model/promotion.entity.js';

/** Where a page of promotions goes on, newest first. */
export interface PromotionPosition {
  readonly createdAt: number;
  readonly id: string;
}

export interface PromotionFilter {
  readonly state?: PromotionState | undefined;
}

/** Promotions in SQL. Every call names the store: an id alone finds nothing. */
@Injectable()
export class PromotionRepository {
  /** The row is held when a unit of work asks. */
  async find(queries: SqlQueries, storeId: string, id: string): Promise<Promotion | undefined> {
    const rows = await queries.query<PromotionRow>(sql`
      SELECT ${promotionColumns}
      FROM promotion${heldRows(queries)}
      WHERE store_id = ${storeId} AND id = ${id}`);
    return rows.map(promotionOfRow)[0];
  }

  /** Newest first, at most `limit` behind `after`. */
  async list(
    queries: SqlQueries,
    storeId: string,
    { state }: PromotionFilter,
    after: PromotionPosition | undefined,
    limit: number,
  ): Promise<Promotion[]> {
    const ofState = state === undefined ? sql.empty : sql`AND state = ${state}`;
    const behind = sql.behind(sql`created_at`, sql`id`, after);
    const rows = await queries.query<PromotionRow>(sql`
      SELECT ${promotionColumns}
      FROM promotion
      WHERE store_id = ${storeId} ${ofState} AND ${behind}
      ORDER BY created_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map(promotionOfRow);
  }

  async countActive(tx: Transaction, storeId: string): Promise<number> {
    const [row] = await tx.query<{ active: number }>(sql`
      SELECT COUNT(*) AS active
      FROM promotion
      WHERE store_id = ${storeId} AND state = 'active'`);
    return row?.active ?? 0;
  }

  /** Whether a promotion of the store has amounts in none of these currencies. */
  async hasOtherCurrency(
    tx: Transaction,
    storeId: string,
    currencies: readonly string[],
  ): Promise<boolean> {
    const rows = await tx.query<RowOf<PromotionEntity, 'id'>>(sql`
      SELECT id
      FROM promotion
      WHERE store_id = ${storeId} AND currency IS NOT NULL
        AND currency NOT IN ${sql.in(currencies)}
      ORDER BY id
      ${sql.limit(1)}`);
    return rows.length > 0;
  }

  async insert(tx: Transaction, promotion: Promotion): Promise<void> {
    const { id, storeId, createdAt } = promotion;
    const row = { id, store_id: storeId, created_at: createdAt, ...columnsOf(promotion) };
    await insertRows(tx, 'promotion', [row]);
  }

  /** False when it is not there in the version that `promotion` comes after. */
  async update(tx: Transaction, promotion: Promotion): Promise<boolean> {
    const changes = Object.entries(columnsOf(promotion)).map(
      ([column, value]) => sql`${sql.identifier(column)} = ${value}`,
    );
    const changed = await tx.execute(sql`
      UPDATE promotion
      SET ${sql.join(changes, ', ')}
      WHERE id = ${promotion.id} AND store_id = ${promotion.storeId}
        AND version = ${promotion.version - 1}`);
    return changed === 1;
  }

  /** With its coupons and counters; false when it is not there in this version. */
  async remove(tx: Transaction, { id, storeId, version }: Promotion): Promise<boolean> {
    for (const table of [
      'promotion_counter',
      'promotion_customer_counter',
      'coupon_code',
      'coupon_batch',
    ] as const) {
      await tx.execute(sql`DELETE FROM ${sql.identifier(table)} WHERE promotion_id = ${id}`);
    }
    const removed = await tx.execute(sql`
      DELETE FROM promotion
      WHERE id = ${id} AND store_id = ${storeId} AND version = ${version}`);
    return removed === 1;
  }

  async removeAll(tx: Transaction, storeId: string): Promise<void> {
    const ofStore = sql`promotion_id IN (SELECT id FROM promotion WHERE store_id = ${storeId})`;
    for (const table of [
      'promotion_use',
      'promotion_counter',
      'promotion_customer_counter',
      'coupon_code',
      'coupon_batch',
    ] as const) {
      await tx.execute(sql`DELETE FROM ${sql.identifier(table)} WHERE ${ofStore}`);
    }
    await tx.execute(sql`DELETE FROM promotion WHERE store_id = ${storeId}`);
  }
}

function columnsOf(promotion: Promotion): Row {
  return {
    name: promotion.name,
    state: promotion.state,
    priority: promotion.priority,
    is_exclusive: Number(promotion.isExclusive),
    needs_coupon: Number(promotion.needsCoupon),
    currency: promotion.currency,
    valid_from: promotion.validFrom,
    valid_until: promotion.validUntil,
    conditions_json: JSON.stringify(promotion.conditions),
    reward_json: JSON.stringify(promotion.reward),
    use_limit: promotion.useLimit,
    customer_use_limit: promotion.customerUseLimit,
    version: promotion.version,
    updated_at: promotion.updatedAt,
  };
}
