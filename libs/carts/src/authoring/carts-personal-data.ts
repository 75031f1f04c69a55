import type { PersonalData } from '#libs/database';

/** The carts of a person, with what lies in them. */
export const cartsPersonalData: PersonalData = {
  slice: 'carts',
  parts: [
    {
      part: 'cart',
      table: 'cart',
      key: ['id'],
      of: { part: 'person' },
      by: 'customer_id',
      told: [
        'id',
        'store_code',
        'state',
        'currency',
        'locale',
        'email',
        'shipping_address_json',
        'billing_address_json',
        'shipping_method',
        'payment_method',
        'coupons_json',
        'created_at',
        'updated_at',
        'expires_at',
      ],
      withheld: ['store_id', 'token_hash', 'customer_id', 'holding_since', 'version'],
    },
    {
      part: 'cartLine',
      table: 'cart_line',
      key: ['id'],
      of: { part: 'cart', column: 'id' },
      by: 'cart_id',
      told: ['cart_id', 'product_id', 'variant_id', 'quantity', 'seen_minor'],
      withheld: ['id'],
    },
  ],
};
