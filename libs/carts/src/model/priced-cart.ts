import type { Availability } from '#libs/inventory';
import type { PriceReason } from '#libs/pricing';
import type { CouponOutcome, PlannedUse, PromotionOutcome } from '#libs/promotions';
import type { PickUpPlace, ShippingRefusal } from '#libs/stores';
import type { Cart } from './cart.js';
import type { LineTotals, Totals } from './totals/totals.js';

/** Why a line cannot be ordered as it is. `too-dear`: it comes to more than can be calculated with exactly. */
export type LineProblem = 'not-sold' | 'no-price' | 'too-dear' | 'out-of-stock';

/** What is different from what the shopper was last shown. */
export type LineChange =
  | { readonly kind: 'price'; readonly beforeMinor: number; readonly afterMinor: number }
  | { readonly kind: 'gone' };

export interface PricedCartLine {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string | null;
  readonly slug: string | null;
  /** null: it is not sold any more. */
  readonly name: string | null;
  readonly optionValues: readonly string[];
  readonly imageUrl: string | null;
  readonly quantity: number;
  readonly availability: Availability;
  readonly problem: LineProblem | null;
  readonly change: LineChange | null;
  /** Of which list its price is, and by what rule; null: it is the base price. */
  readonly priceReason: PriceReason | null;
  /** null: it has a problem that leaves it without a price. */
  readonly totals: LineTotals | null;
}

/** What the promotions of the store do to a cart, and why the others do not. */
export interface CartPromotions {
  /** One for each promotion that is not paused, in the order in which they apply. */
  readonly outcomes: readonly PromotionOutcome[];
  /** One for each coupon of the cart. */
  readonly coupons: readonly CouponOutcome[];
  /** What an order of the cart has to claim. */
  readonly uses: readonly PlannedUse[];
}

export interface OfferedShipping {
  readonly code: string;
  readonly name: string;
  readonly priceMinor: number;
  /** Where the order is fetched; null: it is sent. */
  readonly pickUp: PickUpPlace | null;
  /** null: that of what has no category of its own. */
  readonly taxCategory: string | null;
}

/** A method that does not apply to a cart, and why. */
export interface RefusedShipping {
  readonly code: string;
  readonly name: string;
  readonly reason: ShippingRefusal;
}

/** A cart with what it comes to, as everything was at one position of the log or later. */
export interface PricedCart {
  readonly cart: Cart;
  readonly lines: readonly PricedCartLine[];
  readonly shippingMethods: readonly OfferedShipping[];
  readonly refusedShipping: readonly RefusedShipping[];
  readonly promotions: CartPromotions;
  /** Of the lines without problems. */
  readonly totals: Totals;
}
