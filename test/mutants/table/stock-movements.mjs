const mover = 'libs/inventory/src/authoring/stock-mover.ts';
const suite = 'libs/catalog/src/authoring/products/stock-movements.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'stock movements: more is transferred than is there',
    promise: 'StockMover: inventory.not-enough for a transfer of more than is there',
    file: mover,
    replace: [['from.stock.onHand - from.stock.reserved < quantity', 'quantity < 0']],
    suites: [suite],
  },
  {
    name: 'stock movements: what shoppers are promised is transferred',
    promise: 'StockMover: inventory.not-enough for a transfer of what is reserved',
    file: mover,
    replace: [
      ['from.stock.onHand - from.stock.reserved < quantity', 'from.stock.onHand < quantity'],
    ],
    suites: [suite],
  },
  {
    name: 'stock movements: a transfer takes nothing away',
    promise: 'StockMover: a transfer makes no stock out of nothing',
    file: mover,
    replace: [
      [
        '{ item: from, onHand: from.stock.onHand - quantity }',
        '{ item: from, onHand: from.stock.onHand }',
      ],
    ],
    suites: [suite],
  },
  {
    name: 'stock movements: a difference has no ledger row',
    promise: 'StockMover: every difference has its ledger row with reason and reference',
    file: mover,
    replace: [
      [
        '    await this.ledger.record(tx, [{ variantId, locationId, quantity, reason, reference }]);\n',
        '',
      ],
    ],
    suites: [suite],
  },
  {
    name: 'stock movements: a ledger row says nothing of what it refers to',
    promise: 'StockMover: every difference has its ledger row with reason and reference',
    file: 'libs/inventory/src/model/stock-ledger.repository.ts',
    replace: [['reference: reference ?? null', 'reference: null']],
    suites: [suite],
  },
  {
    name: 'stock movements: the same key moves stock again',
    promise: 'StockMover: once for a key',
    file: mover,
    replace: [
      ['const once = { scope, key,', 'const once = { scope, key: key + String(Math.random()),'],
    ],
    suites: [suite],
  },
  {
    name: 'stock movements: shoppers go on seeing what was',
    promise: "StockMover: shoppers' copies are voided where they see something else",
    file: mover,
    replace: [['    if (isShown) tx.invalidate(inventoryTags.availability(productId));\n', '']],
    suites: [suite],
  },
  {
    name: 'stock movements: other locations void what shoppers see',
    promise: 'StockMover: only locations that are sold from change what shoppers see',
    file: mover,
    replace: [['isSoldFrom &&', '']],
    suites: [suite],
  },
  {
    name: 'stock movements: staff see what is in other locations as stock of a product',
    promise: 'loadMainItems: what is at the main location',
    file: 'libs/inventory/src/model/stock-items.ts',
    replace: [[' AND l.code = ${MAIN_LOCATION}', " AND l.code <> '' AND ${MAIN_LOCATION} <> ''"]],
    suites: [suite],
  },
  {
    name: 'stock movements: other locations keep what no variant is of',
    promise:
      'StockBookRepository: what is kept of variants that are gone goes at the other locations too',
    file: 'libs/inventory/src/authoring/stock-book.repository.ts',
    replace: [['    await this.clearOthers(tx, different.flatMap(goneVariants));\n', '']],
    suites: [suite],
  },
];
