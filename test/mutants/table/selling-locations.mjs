const suites = ['libs/orders/src/storefront/selling-locations.int-spec.ts'];
const placesSuite = ['libs/orders/src/authoring/fulfilment/taken-places.int-spec.ts'];
const spread = 'libs/inventory/src/model/spread.ts';
const spreadSuite = { suites: ['libs/inventory/src/model/spread.spec.ts'], isQuick: true };
const statements = 'libs/inventory/src/model/stock-statements.ts';
const sale = 'libs/inventory/src/model/stock-sale.ts';
const selling = 'libs/inventory/src/model/selling-locations.ts';
const items = 'libs/inventory/src/model/sellable-items.ts';
const best = 'libs/inventory/src/storefront/best-availability-view.repository.ts';
const bestSuites = ['libs/inventory/src/storefront/best-availability-view.repository.int-spec.ts'];
const editor = 'libs/inventory/src/authoring/location.editor.ts';
const pieces = 'libs/orders/src/model/fulfilment/line-pieces.ts';
const piecesSuite = {
  suites: ['libs/orders/src/model/fulfilment/line-pieces.spec.ts'],
  isQuick: true,
};

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'selling: every location is sold from',
    promise: 'salePriority: while staff have said nothing, the main one is sold from and no other',
    file: selling,
    replace: [['THEN 1 ELSE 0 END)', 'THEN 1 ELSE 2 END)']],
    suites,
  },
  {
    name: 'selling: shoppers see what is at locations that sell nothing',
    promise: 'loadShownAvailability: the best of what is at the locations that are sold from',
    file: 'libs/inventory/src/model/stock-items.ts',
    replace: [['AND ${salePriority} > 0', 'AND ${salePriority} > -1']],
    suites,
  },
  {
    name: 'selling: lists count what is at locations that sell nothing',
    promise:
      'BestAvailabilityViewRepository: the best of what is at the locations that are sold from',
    file: best,
    replace: [['AND ${salePriority} > 0', 'AND ${salePriority} > -1']],
    suites: bestSuites,
  },
  {
    name: 'selling: in lists a product can be had as well as its worst variant',
    promise: 'BestAvailabilityViewRepository: of their variants the best',
    file: best,
    replace: [['MIN(s.is_tracked)', 'MAX(s.is_tracked)']],
    suites: bestSuites,
  },
  {
    name: 'selling: in lists what is promised to others can be had',
    promise: 'BestAvailabilityViewRepository: of their variants the best',
    file: best,
    replace: [['MAX(s.on_hand - s.reserved)', 'MAX(s.on_hand)']],
    suites: bestSuites,
  },
  {
    name: 'selling: shoppers go on seeing what was when a location is sold from',
    promise:
      'LocationEditor.update: what shoppers see is void of each product of which it has something',
    file: editor,
    replace: [['isAnotherSeen ? await', 'isAnotherSeen && version < 0 ? await']],
    suites,
  },
  {
    name: 'selling: another order of the locations voids what shoppers see',
    promise: 'LocationEditor.update: when it is sold from and was not, or the other way round',
    file: editor,
    replace: [['isAnotherSeen ? await', 'isAnotherSeen || version > 0 ? await']],
    suites,
  },
  {
    name: 'selling: a location is changed at any version',
    promise: 'LocationEditor.update: based on a version',
    file: editor,
    replace: [['before.version !== version', 'before.version < 0']],
    suites: ['apps/authoring/src/catalog/stock-movements-api.int-spec.ts'],
  },
  {
    name: 'selling: what is nowhere whole is refused',
    promise: 'sell: the items of the other locations are taken from',
    file: sale,
    replace: [
      [
        'const taken = spread(items.get(variantId) ?? [], quantity);',
        'const taken = spread([], quantity);',
      ],
    ],
    suites,
  },
  {
    name: 'selling: what is at another location is ordered beyond what is there',
    promise: 'haveWhole: where nothing could be at another location',
    file: statements,
    replace: [['(allows_backorder = 1 AND ${isOnlySelling(storeId)})', 'allows_backorder = 1']],
    suites,
  },
  {
    name: 'selling: a split line is taken of one location too few',
    promise: 'sellSpread: what was taken is what was planned',
    file: sale,
    replace: [
      [
        'for (const chunk of chunksOf(parts, PER_STATEMENT))',
        'for (const chunk of chunksOf(parts.slice(1), PER_STATEMENT))',
      ],
    ],
    suites,
  },
  {
    name: 'selling: what is fetched comes from elsewhere',
    promise: 'StockBuyer: the location that is asked before all others',
    file: selling,
    replace: [['WHEN ${preferred} THEN 0 ELSE 1 END', 'WHEN ${preferred} THEN 1 ELSE 1 END']],
    suites,
  },
  {
    name: 'selling: what is kept at a location that sells nothing any more is lost',
    promise: 'loadSellableItems: there is what is kept of it for who asks',
    file: items,
    replace: [['Math.min(free, kept)', '0']],
    suites,
  },
  {
    name: 'selling: what is kept at two locations is given back at one',
    promise: 'lowerReserved: gives back what was reserved',
    file: 'libs/inventory/src/model/reserved-stock.ts',
    replace: [['joinedStock(holds), -1)', 'joinedStock(holds).slice(0, 1), -1)']],
    suites,
  },
  {
    name: 'selling: what was kept at a location that was not taken from stays reserved',
    promise: 'StockTaker: what is kept for the buyer is kept no longer',
    file: 'libs/inventory/src/model/stock-taker.ts',
    replace: [['await lowerReserved(tx, leftOf(held, sale.rows));', '']],
    suites,
  },
  {
    name: 'selling: a line is split although a location has it whole',
    promise: 'spread: all of it from the first that has it whole',
    file: spread,
    replace: [['!isTracked || free >= quantity', '!isTracked']],
    ...spreadSuite,
  },
  {
    name: 'selling: what one location lacks is made up by another',
    promise: 'spread: what one location lacks is not made up by another',
    file: spread,
    replace: [['Math.max(free, 0)', 'free']],
    ...spreadSuite,
  },
  {
    name: 'selling: what is cancelled goes back to the main location',
    promise: 'StockTaker.giveBack: where it was',
    file: 'libs/inventory/src/model/stock-taker.ts',
    replace: [
      ['stock.every(({ locationId }) => locationId !== null)', 'stock.length === 0'],
      ['locationId: part.locationId ?? mainId', 'locationId: mainId'],
    ],
    suites: placesSuite,
  },
  {
    name: 'selling: what comes back goes where the first pieces were',
    promise: 'ReturnSteps.settle: puts back what is good where it was taken',
    file: 'libs/orders/src/authoring/returns/return-steps.ts',
    replace: [['nextRanges(before, good)', 'nextRanges(new Map(), good)']],
    suites: placesSuite,
  },
  {
    name: 'selling: an edit forgets where the pieces are that stay',
    promise: 'linesAfter: those that it had and keeps',
    file: 'libs/orders/src/authoring/editing/order-edit.ts',
    replace: [['joinedParts([...kept, ', 'joinedParts([']],
    suites: ['libs/orders/src/authoring/editing/order-edit.spec.ts'],
    isQuick: true,
  },
  {
    name: 'selling: a job that takes stock does not say where',
    promise: 'LineStockRepository.settle: where it was taken',
    file: 'libs/orders/src/authoring/confirming/line-stock.repository.ts',
    replace: [["stock === 'taken');\n    const places", "stock === 'delayed');\n    const places"]],
    suites: placesSuite,
  },
  {
    name: 'selling: a parcel says that its goods come from where the first came from',
    promise: 'FulfilmentDirectory: what left in one parcel, and where it was taken',
    file: pieces,
    replace: [['before.set(line, begin + quantity);', '']],
    ...piecesSuite,
  },
  {
    name: 'selling: what is cancelled is what is shipped first',
    promise: 'piecesOf: what is cancelled goes from the back',
    file: pieces,
    replace: [
      [
        'const begin = progress.quantity - progress.cancelled;',
        'const begin = progress.cancelled;',
      ],
    ],
    ...piecesSuite,
  },
  {
    name: 'selling locations: all that is kept is named in one statement',
    promise: 'portionsOf: as many as one statement takes',
    file: sale,
    replace: [['    room -= parameters;\n', '']],
    suites: ['libs/inventory/src/model/stock-sale.spec.ts'],
    isQuick: true,
  },
  {
    name: 'selling locations: a part names what is kept of others',
    promise: 'PER_STATEMENT: each has up to seventeen parameters',
    file: sale,
    replace: [['selling.held.filter((part) => places.has(placeOf(part)))', 'selling.held']],
    suites: ['libs/inventory/src/model/stock-sale.spec.ts'],
    isQuick: true,
  },
];
