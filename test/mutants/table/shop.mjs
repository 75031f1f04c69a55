const price = 'libs/pricing/src/model/price.ts';
const priceSpec = 'libs/pricing/src/model/price.spec.ts';
const stock = 'libs/inventory/src/model/stock.ts';
const stockSpec = 'libs/inventory/src/model/stock.spec.ts';
const productSpec = 'libs/catalog/src/model/product-rules.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'pricing: a price in a currency the store does not know',
    promise: 'priceBreaches: not a currency of the store',
    file: price,
    replace: [
      ["    check(currencies.includes(currency), path, 'not a currency of the store');\n", ''],
    ],
    suites: [productSpec],
  },
  {
    name: 'pricing: a price may be anything',
    promise: 'priceBreaches: a whole number from 0',
    file: price,
    replace: [["    check(isAmount(amountMinor), path, 'a whole number from 0');\n", '']],
    suites: [productSpec],
  },
  {
    name: 'pricing: two prices in one currency',
    promise: 'priceBreaches: each currency once',
    file: price,
    replace: [["  check(distinct === prices.length, 'prices', 'each currency once');\n", '']],
    suites: [productSpec],
  },
  {
    name: 'pricing: a price is stated over any version',
    promise: 'settledPrices: throws http.stale-version for a statement based on another version',
    file: price,
    replace: [['if (version !== undefined && version !== current)', 'if (version === -1)']],
    suites: [priceSpec],
    isQuick: true,
  },
  {
    name: 'pricing: a price that stays gets another version',
    promise: 'settledPrices: a price that stays the same keeps its version',
    file: price,
    replace: [
      [
        '    if (before !== undefined && isSamePrice(before, after)) return before;\n',
        '    if (before !== undefined && before.version < 0) return before;\n',
      ],
    ],
    suites: [priceSpec],
  },
  {
    name: 'pricing: the highest price is the lowest',
    promise: 'spanOf: the lowest and the highest price',
    file: price,
    replace: [['Math.max(most, each)', 'Math.min(most, each)']],
    suites: [priceSpec],
  },
  {
    name: 'inventory: a stock is stated over any version',
    promise: 'settledStock: throws http.stale-version for a statement based on another version',
    file: stock,
    replace: [['if (version !== undefined && version !== stored.version)', 'if (version === -1)']],
    suites: [stockSpec],
    isQuick: true,
  },
  {
    name: 'inventory: what is promised can be had',
    promise: 'availabilityOf: of what is on hand, what is promised to somebody does not count',
    file: stock,
    replace: [['stock.onHand - stock.reserved > 0', 'stock.onHand > 0']],
    suites: [stockSpec],
  },
  {
    name: 'inventory: what is always there runs out',
    promise: 'VariantStock.isTracked: false when there is always enough',
    file: stock,
    replace: [['!stock.isTracked || ', '']],
    suites: [stockSpec],
  },
  {
    name: 'inventory: a statement forgets what is promised',
    promise: 'settledStock: what is stated says nothing of what is promised',
    file: stock,
    replace: [['    reserved: stored.reserved,', '    reserved: 0,']],
    suites: [stockSpec],
  },
  {
    name: 'inventory: a stock that stays the same is written',
    promise: 'settledStock: the same object when nothing changes',
    file: stock,
    replace: [['  if (isSame) return stored;\n', '  if (isSame) return { ...stored };\n']],
    suites: [stockSpec],
  },
  {
    name: 'inventory: a stock of any size',
    promise: 'stockBreaches: out of range',
    file: stock,
    replace: [[' && Math.abs(onHand) <= productLimits.onHand', '']],
    suites: [stockSpec],
  },
];
