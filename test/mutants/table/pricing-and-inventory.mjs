const priceSuite = 'libs/catalog/src/authoring/products/variant-price.int-spec.ts';
const stockSuite = 'libs/catalog/src/authoring/products/variant-stock.int-spec.ts';
const priceEditor = 'libs/pricing/src/authoring/price.editor.ts';
const priceBook = 'libs/pricing/src/authoring/price-book.repository.ts';
const stockEditor = 'libs/inventory/src/authoring/stock.editor.ts';
const stockBook = 'libs/inventory/src/authoring/stock-book.repository.ts';
const listed = 'libs/catalog/src/authoring/listing/listed-product.repository.ts';
const productEditor = 'libs/catalog/src/authoring/products/product.editor.int-spec.ts';
const migration = 'libs/database/src/migrations/0007-prices-and-stock.ts';
const migrationSuite = 'libs/database/src/migrations/0007-prices-and-stock.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'a new price voids the texts of the product',
    promise: 'libs/pricing/README.md: a price voids no texts',
    file: priceEditor,
    replace: [
      [
        'tx.invalidate(pricingTags.prices(productId));',
        'tx.invalidate(pricingTags.prices(productId), `product:${productId}`);',
      ],
    ],
    suites: [priceSuite],
  },
  {
    name: 'a new price voids no prices',
    promise: 'PriceEditor: every change invalidates prices',
    file: priceEditor,
    replace: [['    tx.invalidate(pricingTags.prices(productId));\n', '']],
    suites: [priceSuite],
  },
  {
    name: 'lists are sorted by prices that were',
    promise: 'PriceEditor: lists are kept true when the span of the prices is another',
    file: listed,
    replace: [['        await writeSpan(tx, { productId, storeId, currency }, span);\n', '']],
    suites: [priceSuite],
  },
  {
    name: 'a new price voids lists although their order stays',
    promise: 'libs/pricing/README.md: lists are void only when the span is another',
    file: priceEditor,
    replace: [['if (JSON.stringify(span) !== JSON.stringify(spanBefore)) await', 'await']],
    suites: [priceSuite],
  },
  {
    name: 'a new price voids the lists of the category alone, and not of those above',
    promise: 'ListedProductRepository: lists of every category above are void',
    file: listed,
    replace: [
      ['JOIN category c ON c.id = a.parent_id', 'JOIN category c ON c.id = a.id AND 1 = 0'],
    ],
    suites: [priceSuite],
  },
  {
    name: 'a product that is not listed gets into lists by its price',
    promise: 'product_listing_price holds active products only',
    file: listed,
    replace: [["        if (status !== 'active') return;\n", '']],
    suites: [priceSuite],
  },
  {
    name: 'a variant of another product can be priced',
    promise: 'VariantAddress: an id counts only within its product and store',
    file: listed,
    replace: [['ON v.id = ${variantId} AND v.product_id = p.id', 'ON v.id = ${variantId}']],
    suites: [priceSuite],
  },
  {
    name: 'a price is set whatever version it is based on',
    promise: 'settledPrices: a statement that is based on another version is refused',
    file: 'libs/pricing/src/model/price.ts',
    replace: [
      ['    if (version !== undefined && version !== current) throw staleVersion(current);\n', ''],
    ],
    suites: [priceSuite, productEditor, 'libs/pricing/src/model/price.spec.ts'],
  },
  {
    name: 'prices of a patched product are void nowhere',
    promise: 'PriceBook.replace: invalidates what differs',
    file: priceBook,
    replace: [
      ['      if (!change.isNew) tx.invalidate(pricingTags.prices(change.productId));\n', ''],
    ],
    suites: [productEditor],
  },
  {
    name: 'prices of a variant that is taken away stay',
    promise: 'PriceBook.replace: writes what differs',
    file: priceBook,
    replace: [["    await deleteRows(tx, 'price', 'variant_id', gone);\n", '']],
    suites: [priceSuite],
  },
  {
    name: 'a stock is corrected without a ledger row',
    promise: 'libs/inventory/README.md: what is on hand is the sum of the ledger',
    file: stockEditor,
    replace: [
      [
        "    await this.ledger.record(tx, [{ variantId, locationId, quantity, reason: 'correction' }]);\n",
        '',
      ],
    ],
    suites: [stockSuite],
  },
  {
    name: 'a stock is imported without a ledger row',
    promise: 'libs/inventory/README.md: what is on hand is the sum of the ledger',
    file: stockBook,
    replace: [['    await this.ledger.record(tx, writes.movements);\n', '']],
    suites: [stockSuite],
  },
  {
    name: 'what is taken away with its variant stays in the ledger',
    promise: 'libs/inventory/README.md: what is on hand is the sum of the ledger',
    file: stockBook,
    replace: [
      [
        "    movements.push({ variantId, locationId, quantity: -onHand, reason: 'removal' });\n",
        '',
      ],
    ],
    suites: [stockSuite],
  },
  {
    name: 'an import forgets what is reserved',
    promise: 'settledStock: what is reserved stays when what is on hand is stated anew',
    file: 'libs/inventory/src/model/stock.ts',
    replace: [['    reserved: stored.reserved,\n', '    reserved: 0,\n']],
    suites: [stockSuite],
  },
  {
    name: 'every change of a stock voids what shoppers see',
    promise:
      'libs/inventory/README.md: a stock voids something only when its availability is another',
    file: stockEditor,
    replace: [
      [
        'if (isShownOtherwise) tx.invalidate',
        'if (isShownOtherwise || quantity !== 0) tx.invalidate',
      ],
    ],
    suites: [stockSuite],
  },
  {
    name: 'a stock is set whatever version it is based on',
    promise: 'settledStock: a statement that is based on another version is refused',
    file: 'libs/inventory/src/model/stock.ts',
    replace: [
      [
        '  if (version !== undefined && version !== stored.version) throw staleVersion(stored.version);\n',
        '',
      ],
    ],
    suites: [stockSuite, 'libs/inventory/src/model/stock.spec.ts'],
  },
  {
    name: 'the ledgers of an old database begin empty',
    promise: 'PricesAndStock migration: what there is moves',
    file: migration,
    replace: [['WHERE on_hand <> 0', 'WHERE on_hand > 0']],
    suites: [migrationSuite],
  },
  {
    name: 'inventory: stock that is not there is shown as nothing',
    promise:
      'StockDirectory.get: throws inventory.stock-not-found, also for what is of another store',
    file: 'libs/inventory/src/authoring/stock.directory.ts',
    replace: [
      [
        'if (stock === undefined) throw inventoryErrors.stockNotFound();\n    return stock;',
        'return stock as never;',
      ],
    ],
    suites: ['libs/catalog/src/authoring/products/variant-stock.int-spec.ts'],
  },
];
