export interface BasketLine {
  readonly lineId: string;
  readonly sku: string | null;
  /** The product's category and all above it. */
  readonly categoryIds: readonly string[];
  /** Whole, at least 1. */
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** Why a promotion that may be used only so often cannot be used, although its conditions hold. */
export type UsedUpReason = 'used-up' | 'customer-limit-reached' | 'coupon-used-up';

/** What is known of the one who asks, as far as promotions depend on it. */
export interface BuyerFacts {
  readonly customerGroups: readonly string[];
  readonly isFirstOrder: boolean;
  /** Promotions whose coupon was given. */
  readonly couponPromotionIds: ReadonlySet<string>;
  readonly usedUp: ReadonlyMap<string, UsedUpReason>;
}

/** What promotions are asked about: everything they depend on, the instant included. */
export interface Basket extends BuyerFacts {
  readonly currency: string;
  readonly lines: readonly BasketLine[];
  readonly shippingMinor: number;
  /** By the database's clock, in epoch milliseconds. */
  readonly at: number;
}
