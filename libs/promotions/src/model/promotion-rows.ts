import { type RowOf, sql } from '#libs/database';
import type { PromotionCondition, Promotion, PromotionReward } from './promotion.js';
import type { PromotionEntity } from './promotion.entity.js';

export type PromotionRow = RowOf<PromotionEntity>;

export const promotionColumns = sql`id, store_id, name, state, priority, is_exclusive, needs_coupon,
  currency, valid_from, valid_until, conditions_json, reward_json, use_limit, customer_use_limit,
  version, created_at, updated_at`;

export function promotionOfRow(row: PromotionRow): Promotion {
  return {
    id: row.id,
    storeId: row.store_id,
    name: row.name,
    state: row.state,
    priority: row.priority,
    isExclusive: row.is_exclusive === 1,
    needsCoupon: row.needs_coupon === 1,
    currency: row.currency,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    conditions: JSON.parse(row.conditions_json) as PromotionCondition[],
    reward: JSON.parse(row.reward_json) as PromotionReward,
    useLimit: row.use_limit,
    customerUseLimit: row.customer_use_limit,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
