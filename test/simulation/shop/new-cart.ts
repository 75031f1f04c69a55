import { NOTHING_HELD, type Cart } from '#libs/carts';
import type { Address } from '#libs/kernel';
import type { RowName } from '../world/settings.js';
import { COUNTRY, CURRENCY, SHIPPING_METHOD } from './shop-facts.js';

const ADDRESS: Address = {
  name: 'Somebody',
  company: null,
  street: 'Street 1',
  street2: null,
  postalCode: '10115',
  city: 'Town',
  region: null,
  country: COUNTRY,
  phone: null,
};

/** A guest's cart that only has to be ordered. */
export function newCart(id: string, rows: readonly RowName[]): Cart {
  return {
    id,
    storeId: 'store',
    storeCode: 'store',
    customerId: null,
    state: 'open',
    currency: CURRENCY,
    locale: 'en',
    email: 'somebody@example.com',
    shippingAddress: ADDRESS,
    billingAddress: null,
    shippingMethod: SHIPPING_METHOD,
    paymentMethod: 'manual',
    coupons: [],
    version: 1,
    expiresAt: Number.MAX_SAFE_INTEGER,
    ...NOTHING_HELD,
    lines: rows.map((row) => ({
      id: row,
      productId: row,
      variantId: row,
      quantity: 1,
      seenMinor: null,
    })),
  };
}
