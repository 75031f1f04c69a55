const ownPricesSpec = 'apps/commerce/src/carts/own-prices.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'own prices: what shoppers may not see is named',
    promise: 'ShopperPrices.list: what shoppers of the store may not see is left out',
    file: 'libs/carts/src/storefront/shopper-prices.ts',
    replace: [['ids.filter((id) => visible.has(id))', 'ids.filter(() => visible !== undefined)']],
    suites: [ownPricesSpec],
  },
  {
    name: 'own prices: a customer is a guest',
    promise: 'ShopperPrices: what products cost the one who looks at them',
    file: 'libs/carts/src/storefront/shopper-prices.ts',
    replace: [['customer?.customerId ?? null', 'customer === undefined ? null : null']],
    suites: [ownPricesSpec],
  },
  {
    name: 'own prices: thousands of variants of a hundred products in one answer',
    promise: 'ownPricesQuery: at most 10 products with their variants',
    file: 'apps/commerce/src/carts/own-price.schemas.ts',
    replace: [['products.length <= MAX_WITH_VARIANTS', 'products.length <= MAX_PRODUCTS']],
    suites: [ownPricesSpec],
  },
  {
    name: 'own prices: anybody on the way may keep them',
    promise: 'ShopperGuard: what a route for customers answers is kept by nobody',
    file: 'libs/customers/src/storefront/shopper.guard.ts',
    replace: [
      ["header('cache-control', 'no-store')", "header('cache-control', 'public, max-age=60')"],
    ],
    suites: [ownPricesSpec],
  },
];
