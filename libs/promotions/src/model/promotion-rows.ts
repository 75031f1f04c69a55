import { sql } from '#libs/database';
import type {
  PromotionCondition,
  Promotion,
  PromotionReward,
  PromotionState,
} from './promotion.js';

export interface PromotionRow {
  readonly id: string;
  readonly store_id: string;
  readonly name: string;
  readonly state: PromotionState;
  readonly priority: number;
  readonly is_exclusive: number;
  readonly needs_coupon: number;
  readonly currency: string | null;
  readonly valid_from: number | null;
  readonly valid_until: number | null;
  readonly conditions_json: string;
  readonly reward_json: string;
  readonly use_limit: number | null;
  readonly customer_use_limit: number | null;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

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
