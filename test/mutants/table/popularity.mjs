const catalog = 'libs/catalog/src/model/popularity';
const level = `${catalog}/popularity-level.ts`;
const levelSpec = `${catalog}/popularity-level.spec.ts`;
const levels = `${catalog}/product-popularity.repository.ts`;
const orders = 'libs/orders/src/authoring/popularity';
const ordered = `${orders}/ordered-products.repository.ts`;
const handler = `${orders}/rate-popularity.handler.ts`;
const jobSuites = [`${orders}/rate-popularity.handler.int-spec.ts`];
const search = 'libs/search/src';
const page = `${search}/model/query/select-page.ts`;
const selection = `${search}/storefront/listing/selection.reader.ts`;
const named = `${search}/storefront/following/named-in-tags.ts`;
const coherenceSuites = ['test/coherence/loader-tags.int-spec.ts'];
const contractSuites = [`${search}/storefront/engine/search-engine.spec.ts`];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'popularity: a product around a bound changes its level all the time',
    promise: 'popularityLevel: it is left downwards only when a quarter is missing',
    file: level,
    replace: [['4 * orders >= 3 * ordersFor(before)', '4 * orders >= 4 * ordersFor(before)']],
    suites: [levelSpec],
    isQuick: true,
  },
  {
    name: 'popularity: a level is never left',
    promise: 'popularityLevel: it is left downwards when a quarter is missing',
    file: level,
    replace: [['4 * orders >= 3 * ordersFor(before)', 'before > 0']],
    suites: [levelSpec],
    isQuick: true,
  },
  {
    name: 'popularity: pieces are counted, not orders',
    promise: 'OrderedProductsRepository.ordersOf: the number of orders, however many pieces',
    file: ordered,
    replace: [['COUNT(DISTINCT order_id)', 'SUM(quantity)']],
    suites: jobSuites,
  },
  {
    name: 'popularity: cancelled orders count',
    promise: 'OrderedProductsRepository.ordersOf: not counted are orders that were cancelled',
    file: ordered,
    replace: [
      [
        "state <> 'cancelled' AND payment_state NOT IN ('cancelled', 'refunded')",
        "payment_state <> 'refunded'",
      ],
    ],
    suites: jobSuites,
  },
  {
    name: 'popularity: orders whose money went back count',
    promise: 'OrderedProductsRepository.ordersOf: nor those all of whose money went back',
    file: ordered,
    replace: [["('cancelled', 'refunded')", "('cancelled')"]],
    suites: jobSuites,
  },
  {
    name: 'popularity: what was sent back counts',
    promise: 'OrderedProductsRepository.ordersOf: nor lines of which no piece is left',
    file: ordered,
    replace: [['        AND cancelled_quantity + returned_quantity < quantity\n', '']],
    suites: jobSuites,
  },
  {
    name: 'popularity: what was ordered ever counts',
    promise: 'RatePopularityHandler: what was placed so long ago does not count any more',
    file: handler,
    replace: [['this.clock.wallMs() - COUNTED_MS', 'COUNTED_MS']],
    suites: jobSuites,
  },
  {
    name: 'popularity: a run that begins again leaves out what is left',
    promise: 'RatePopularityHandler: a run that begins again finds what is left to write',
    file: handler,
    replace: [['`${run}-${number}`', '`levels-${number}`']],
    suites: jobSuites,
  },
  {
    name: 'popularity: products that have gone are named in each run',
    promise: 'ProductPopularityRepository.replace: what the store does not have is left without',
    file: levels,
    replace: [['others.filter((id) => stored.has(id))', 'others']],
    suites: jobSuites,
  },
  {
    name: 'popularity: a new level voids nothing',
    promise: 'ProductPopularityRepository.replace: voids what was made from another level',
    file: levels,
    replace: [['      tx.invalidate(...there.map(catalogTags.popularity));\n', '']],
    suites: jobSuites,
  },
  {
    name: 'popularity: a product that is removed leaves its level',
    promise: 'ProductRepository: a product is removed with what was worked out of it',
    file: 'libs/catalog/src/authoring/products/product.repository.ts',
    replace: [['WHERE store_id = ${storeId} AND product_id = ${id}', 'WHERE 1 = 0']],
    suites: jobSuites,
  },
  {
    name: 'popularity: lists by it are not voided',
    promise: 'SelectionReader: names what lists depend on',
    file: selection,
    replace: [["sort === 'popular' || (", '(']],
    suites: coherenceSuites,
  },
  {
    name: 'popularity: lists by relevance are not voided',
    promise: 'SelectionReader: names what lists depend on',
    file: selection,
    replace: [["|| (sort === 'relevance' && filter.q !== undefined)", '']],
    suites: coherenceSuites,
  },
  {
    name: 'popularity: an index does not hear of it',
    promise: 'namedIn: what of a product has changed',
    file: named,
    replace: [
      ["'availability', 'popularity'] as const", "'availability'] as const"],
      ["changed.has('popularity')", 'changed.size < 0'],
    ],
    suites: [`${search}/storefront/following/named-in-tags.spec.ts`],
    isQuick: true,
  },
  {
    name: 'popularity: relevance does not look at it',
    promise: 'popularityPoints: a tenth more for what is of the highest level',
    file: page,
    replace: [['(points * level) / 150', '(points * level) / 1e12']],
    suites: ['test/ranking/ranking.spec.ts'],
  },
  {
    name: 'popularity: it outweighs what is asked for',
    promise: 'nDCG@10 of the judged queries is above its floor, whatever is popular',
    file: page,
    replace: [['(points * level) / 150', '(points * level) / 15']],
    suites: ['test/ranking/ranking.spec.ts'],
  },
  {
    name: 'popularity: the least popular is first',
    promise: 'a list by popularity has what is more popular first',
    file: `${search}/model/query/sort-order.ts`,
    replace: [
      [
        "sort !== 'name' && sort !== 'price'",
        "sort !== 'name' && sort !== 'price' && sort !== 'popular'",
      ],
    ],
    suites: contractSuites,
  },
  {
    name: 'popularity: it is lost when segments are merged',
    promise: 'mergeSegments: one segment with the products of several',
    file: `${search}/model/index/merge-segments.ts`,
    replace: [['popularity.values[product] as number', 'popularity.values[0] as number']],
    suites: [`${search}/model/index/store-index.spec.ts`],
  },
];
