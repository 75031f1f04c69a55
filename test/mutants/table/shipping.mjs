const model = 'libs/stores/src/model/shipping';
const quoteSpec = `${model}/shipping-quote.spec.ts`;
const checkoutSpec = 'libs/orders/src/storefront/shipping-checkout.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'shipping: a row ends before the amount that it names',
    promise: 'RateRow: up to and with so much it costs this',
    file: `${model}/shipping-quote.ts`,
    replace: [['amount <= upTo', 'amount < upTo']],
    suites: [quoteSpec],
  },
  {
    name: 'shipping: what is too heavy is free from a total on',
    promise: 'quoteShipping: what is above the last row is not carried, for nothing either',
    file: `${model}/shipping-quote.ts`,
    replace: [['return quote.isOffered && isFree', 'return isFree']],
    suites: [quoteSpec],
  },
  {
    name: 'shipping: rows overlap',
    promise: 'shippingMethodBreaches: rows that rise have neither gaps nor overlaps',
    file: `${model}/shipping-method-breaches.ts`,
    replace: [['isAmount(upTo) && upTo > before', 'isAmount(upTo)']],
    suites: [quoteSpec],
  },
  {
    name: 'shipping: two zones hold for one postal code',
    promise: 'shippingMethodBreaches: no place in two areas',
    file: `${model}/rate-zones.ts`,
    replace: [['return aFrom <= bTo && bFrom <= aTo;', 'return aFrom === bFrom && aTo === bTo;']],
    suites: [quoteSpec],
  },
  {
    name: 'shipping: a country goes before its postal codes',
    promise: 'rateZoneOf: one that names its postal code before one that names its country',
    file: `${model}/rate-zones.ts`,
    replace: [['area.postalCodes !== null && isIn(area.postalCodes, code)', 'area === undefined']],
    suites: [quoteSpec],
  },
  {
    name: 'shipping: what has no weight weighs nothing',
    promise: 'quoteShipping: a weight that is not known is a reason, not zero',
    file: `${model}/shipping-quote.ts`,
    replace: [
      [
        "if (amount === null) return refused('weight-unknown');",
        'if (amount === null) return offered(0);',
      ],
    ],
    suites: [quoteSpec],
  },
  {
    name: 'shipping: what is fetched is taxed where its shopper lives',
    promise: 'ratesOf: what is fetched is taxed where it is handed over',
    file: 'libs/carts/src/storefront/cart-pricing.ts',
    replace: [
      [
        'pickUp?.address ?? cart.shippingAddress;',
        'pickUp ? cart.shippingAddress : cart.shippingAddress;',
      ],
    ],
    suites: [checkoutSpec],
  },
  {
    name: 'shipping: the shop is billed for what is fetched there',
    promise: 'planOrder: the place where something is fetched is not who pays for it',
    file: 'libs/orders/src/storefront/checkout-plan.ts',
    replace: [
      ['cart.billingAddress ?? cart.shippingAddress;', 'cart.billingAddress ?? shippingAddress;'],
    ],
    suites: [checkoutSpec],
  },
  {
    name: 'shipping: tax rules lose a category by which shipping is taxed',
    promise: 'StoreSettingsEditor: a tax category that a method names cannot be taken away',
    file: 'libs/stores/src/authoring/store-settings.editor.ts',
    replace: [["if (kind === 'tax' || kind === 'sales') {", "if (kind === 'sales') {"]],
    suites: [checkoutSpec],
  },
  {
    name: 'shipping: a stated address is replaced by that of the carrier',
    promise: 'ParcelTracking: what was stated for a parcel stays',
    file: 'libs/orders/src/authoring/fulfilment/parcel-tracking.ts',
    replace: [
      [
        'stated.trackingUrl ?? this.carrier.trackingUrl(method, trackingNumber)',
        'this.carrier.trackingUrl(method, trackingNumber) ?? stated.trackingUrl',
      ],
    ],
    suites: [checkoutSpec],
  },
  {
    name: 'shipping: a shopper who fetches is told of a delivery',
    promise: 'shipmentLetter: what is on its way, or what can be fetched',
    file: 'libs/orders/src/model/letters/order-letters.ts',
    replace: [['(shipping.pickUpLocation ?? null) !== null', "shipping.pickUpLocation === ''"]],
    suites: ['libs/orders/src/model/letters/order-letters.spec.ts'],
  },
  {
    name: 'shipping: a method replaces all others',
    promise: 'ShippingMethodEditor: what is not named stays',
    file: 'libs/stores/src/authoring/shipping-method.editor.ts',
    replace: [['? [...shippingMethods, method]', '? [method]']],
    suites: ['apps/authoring/src/catalog/stock-movements-api.int-spec.ts'],
  },
  {
    name: 'shipping: an order is fetched at a place that the store does not have',
    promise: 'PickUpLocations: a location that the inventory knows',
    file: 'apps/authoring/src/catalog/pick-up-locations.ts',
    replace: [['known.has(pickUp.location)', 'known.size > 0']],
    suites: ['apps/authoring/src/catalog/stock-movements-api.int-spec.ts'],
  },
  {
    name: 'shipping: a cart takes a method that there is not',
    promise: 'CartEditor.setDetails: throws `carts.shipping-method-unknown`',
    file: 'libs/carts/src/storefront/cart-pricing.ts',
    replace: [['if (available.includes(method)) return;', 'if (available.length > 0) return;']],
    suites: [checkoutSpec],
  },
];
