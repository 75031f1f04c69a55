import type { Address } from '#libs/kernel';
import type { PaymentMethod } from '#libs/payments';
import type { HeldCoupon } from '#libs/promotions';

/** `ordered`: an order was made of it; it never changes again. */
export type CartState = 'open' | 'ordered';

export interface CartLine {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
  /** What one piece cost when the cart was last written, in minor units; null: it was not to be had. */
  readonly seenMinor: number | null;
}

/** What somebody wants, as it is stored. */
export interface Cart {
  readonly id: string;
  readonly storeId: string;
  readonly storeCode: string;
  /** Whose it is; null: a guest's. */
  readonly customerId: string | null;
  readonly state: CartState;
  readonly currency: string;
  readonly locale: string;
  readonly email: string | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly shippingMethod: string | null;
  readonly paymentMethod: PaymentMethod | null;
  /** In the order in which they were given; of one promotion at most one. */
  readonly coupons: readonly HeldCoupon[];
  readonly version: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** When its present allowance of holding goods began, in epoch milliseconds; null: nothing is kept for it. */
  readonly holdingSince: number | null;
  /** Variants that are kept for it, whatever others see of them. */
  readonly heldVariants: ReadonlySet<string>;
  readonly lines: readonly CartLine[];
}

/** Of a cart for which nothing is kept. */
export const NOTHING_HELD = { holdingSince: null, heldVariants: new Set<string>() } as const;

/** Names a cart the way its owner may: the id alone finds nothing. */
export interface CartAddress {
  readonly id: string;
  /** As it was given out when the cart was made; opens carts of guests only. */
  readonly token: string;
  /** Who is signed in; opens their own carts, whatever the token. */
  readonly customer?: CartOwner | undefined;
}

/** A customer, and the one store in which they are. */
export interface CartOwner {
  readonly customerId: string;
  readonly storeId: string;
}

/** How long a cart is kept after its last change, in milliseconds. */
export const CART_LIFE_MS = 30 * 24 * 3_600_000;

/** Stated once, for schemas, rules and columns. */
export const cartLimits = {
  lines: 200,
  quantity: 9_999,
  itemsOfRequest: 50,
  heldItems: 20,
} as const;

/** What of a cart can be set without touching its lines. */
export interface CartDetails {
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress: Address | null;
  readonly shippingMethod: string;
  readonly paymentMethod: PaymentMethod;
}

/** What is named changes, the rest stays. */
export type CartDetailsPatch = {
  readonly [Name in keyof CartDetails]?: CartDetails[Name] | undefined;
};
