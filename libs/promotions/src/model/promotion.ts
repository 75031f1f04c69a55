/** Which lines a condition or a reward is about. */
export type LineSelector =
  | { readonly kind: 'all' }
  | { readonly kind: 'skus'; readonly skus: readonly string[] }
  /** Also what is in a category below one of these. */
  | { readonly kind: 'categories'; readonly categoryIds: readonly string[] };

/** What must hold; all conditions of a promotion together. They look at prices before any promotion. */
export type PromotionCondition =
  | { readonly kind: 'cart-total'; readonly atLeastMinor: number }
  | {
      readonly kind: 'items-total';
      readonly atLeastMinor: number;
      readonly items: LineSelector;
    }
  | { readonly kind: 'quantity'; readonly atLeast: number; readonly items: LineSelector }
  | { readonly kind: 'customer-group'; readonly groups: readonly string[] }
  | { readonly kind: 'first-order' };

/** What is taken off. Per cent are millionths: 10 % is 100,000. */
export type PromotionReward =
  | {
      readonly kind: 'percent';
      readonly percentPpm: number;
      readonly items: LineSelector;
      /** null: as much as it comes to. */
      readonly atMostMinor: number | null;
    }
  | { readonly kind: 'amount'; readonly amountMinor: number; readonly items: LineSelector }
  /** The first `quantity` pieces of this SKU. */
  | { readonly kind: 'item-free'; readonly sku: string; readonly quantity: number }
  | { readonly kind: 'shipping'; readonly percentPpm: number }
  /** Of each `buy + get` pieces, the `get` cheapest; in sets over the whole cart. */
  | {
      readonly kind: 'buy-get';
      readonly buy: number;
      readonly get: number;
      readonly percentPpm: number;
      readonly items: LineSelector;
    }
  /** The highest tier that the price of the items, before any promotion, reaches. */
  | {
      readonly kind: 'tiers';
      readonly items: LineSelector;
      readonly tiers: readonly { readonly fromMinor: number; readonly percentPpm: number }[];
    };

export const promotionStates = ['active', 'paused'] as const;
export type PromotionState = (typeof promotionStates)[number];

/** What staff say of a promotion. */
export interface PromotionContent {
  readonly name: string;
  readonly state: PromotionState;
  /** Higher first; of equals the one with the smaller id. */
  readonly priority: number;
  /** An exclusive one applies alone, or not at all. */
  readonly isExclusive: boolean;
  readonly needsCoupon: boolean;
  /** What its amounts are in; it holds in no other. null: it has no amounts, and holds in each. */
  readonly currency: string | null;
  /** Epoch milliseconds by the database's clock, from inclusive, until exclusive; null is open. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  readonly conditions: readonly PromotionCondition[];
  readonly reward: PromotionReward;
  /** How many orders may use it; null: any number, and nothing is counted. */
  readonly useLimit: number | null;
  readonly customerUseLimit: number | null;
}

/** A promotion as it is stored. */
export interface Promotion extends PromotionContent {
  readonly id: string;
  readonly storeId: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A promotion as it is calculated with, at one version. */
export type ActivePromotion = Omit<Promotion, 'storeId' | 'state' | 'createdAt' | 'updatedAt'>;

/**
 * How many orders of one customer may use it, null for any number. What is for the first order is
 * used once, also when several are placed at the same time.
 */
export function customerLimitOf({
  customerUseLimit,
  conditions,
}: Pick<PromotionContent, 'customerUseLimit' | 'conditions'>): number | null {
  return conditions.some(({ kind }) => kind === 'first-order') ? 1 : customerUseLimit;
}
