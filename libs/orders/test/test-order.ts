import type { Order } from '../src/model/order.js';

const address = {
  name: 'Ada Beispiel',
  company: null,
  street: 'Hauptstraße 1',
  street2: null,
  postalCode: '10115',
  city: 'Berlin',
  region: null,
  country: 'DE',
  phone: null,
};
const taxes = [{ code: 'vat', name: 'MwSt.', ratePpm: 190_000, amountMinor: 380 }];

/** An order of two pieces of one thing, with a discount and free shipping: 23.80 EUR. */
export function testOrder(changes: Partial<Order> = {}): Order {
  return {
    id: '01900000-0000-7000-8000-000000000001',
    storeId: '01900000-0000-7000-8000-000000000002',
    storeCode: 'shop',
    number: 'T-1',
    customerId: null,
    state: 'open',
    paymentState: 'pending',
    awaits: null,
    paymentMethod: 'invoice',
    currency: 'EUR',
    locale: 'de',
    email: 'ada@example.com',
    shippingAddress: address,
    billingAddress: address,
    shipping: { method: 'post', name: 'Post' },
    taxes,
    promotions: [],
    pricesIncludeTax: true,
    subtotalMinor: 2_200,
    discountMinor: 200,
    shippingMinor: 0,
    taxMinor: 380,
    totalMinor: 2_380,
    plannedAt: 1,
    version: 1,
    placedAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_000,
    lines: [
      {
        productId: '01900000-0000-7000-8000-000000000003',
        variantId: '01900000-0000-7000-8000-000000000004',
        sku: 'WARE',
        name: 'Ware',
        optionValues: ['rot'],
        quantity: 2,
        isStockTaken: true,
        takenFrom: [{ locationId: null, quantity: 2 }],
        isDelayed: false,
        unitPriceMinor: 1_309,
        subtotalMinor: 2_200,
        discountMinor: 200,
        taxMinor: 380,
        totalMinor: 2_380,
        discounts: [],
        taxes,
      },
    ],
    transitions: [],
    ...changes,
  };
}
