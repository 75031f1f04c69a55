import type { RowOf } from '#libs/database';
import type { Address } from '#libs/kernel';
import type { HeldCoupon } from '#libs/promotions';
import type { CartLineEntity } from '../model/cart-line.entity.js';
import type { CartEntity } from '../model/cart.entity.js';
import { NOTHING_HELD, type Cart } from '../model/cart.js';

export type CartRow = RowOf<
  CartEntity,
  | 'id'
  | 'store_id'
  | 'store_code'
  | 'customer_id'
  | 'state'
  | 'currency'
  | 'locale'
  | 'email'
  | 'shipping_address_json'
  | 'billing_address_json'
  | 'shipping_method'
  | 'payment_method'
  | 'coupons_json'
  | 'holding_since'
  | 'version'
  | 'expires_at'
>;

export type LineRow = RowOf<
  CartLineEntity,
  'id' | 'product_id' | 'variant_id' | 'quantity' | 'seen_minor'
>;

/** What is kept for the cart is asked for by the repository that has read its row. */
export function cartOf(row: CartRow, lines: readonly LineRow[]): Cart {
  return {
    id: row.id,
    storeId: row.store_id,
    storeCode: row.store_code,
    customerId: row.customer_id,
    state: row.state,
    currency: row.currency,
    locale: row.locale,
    email: row.email,
    shippingAddress: addressOf(row.shipping_address_json),
    billingAddress: addressOf(row.billing_address_json),
    shippingMethod: row.shipping_method,
    paymentMethod: row.payment_method,
    coupons: row.coupons_json === null ? [] : (JSON.parse(row.coupons_json) as HeldCoupon[]),
    version: row.version,
    expiresAt: row.expires_at,
    ...NOTHING_HELD,
    holdingSince: row.holding_since,
    lines: lines.map((line) => ({
      id: line.id,
      productId: line.product_id,
      variantId: line.variant_id,
      quantity: line.quantity,
      seenMinor: line.seen_minor,
    })),
  };
}

function addressOf(json: string | null): Address | null {
  return json === null ? null : (JSON.parse(json) as Address);
}
