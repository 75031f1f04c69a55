const search = 'libs/search/src';
const indexSpec = `${search}/model/index/store-index.spec.ts`;
const filter = `${search}/model/query/segment-filter.ts`;
const facets = `${search}/model/query/count-facets.ts`;
const spread = `${search}/model/query/price-spread.ts`;
const cuts = `${search}/model/query/choose-cuts.ts`;
const cutsSpec = `${search}/model/query/choose-cuts.spec.ts`;
const rangesSpec = `${search}/model/query/facet-ranges.spec.ts`;
const quantitySpread = `${search}/model/query/quantity-spread.ts`;
const quantityRange = `${search}/model/query/quantity-range.ts`;
const rangeSpec = `${search}/model/query/quantity-range.spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search: a space that does not break keeps a value from being a quantity',
    promise: 'quantityOf: spaces that do not break stand between a number and its unit as well',
    file: `${search}/model/index/quantity.ts`,
    replace: [[')\\s*(', ') ?(']],
    suites: [rangeSpec],
    isQuick: true,
  },
  {
    name: 'search: ranges of prices are counted within their own selection',
    promise: 'FacetCounts: each part without its own choice, ranges of prices too',
    file: facets,
    replace: [
      ['prices !== undefined && (failed & ~PRICE) === 0', 'prices !== undefined && failed === 0'],
    ],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: a product is in the range of its lowest price alone',
    promise: 'FacetCounts: a product is in each range in which a variant of it has a price',
    file: spread,
    replace: [['increment(counts, last);', '']],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: a product is in the ranges of its lowest and highest price alone',
    promise: 'FacetCounts: a product is in each range in which a variant of it has a price',
    file: spread,
    replace: [['if (range !== known) increment(counts, range);', '']],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: two prices in one range count twice',
    promise: 'PriceRangeCount: products of which a variant costs so much',
    file: spread,
    replace: [['if (range !== known) increment', 'increment']],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: what another filter leaves out is in ranges of prices, where it has several',
    promise: 'FacetCounts: each part without its own choice, and with those of the others',
    file: facets,
    replace: [['if (failed >= 0 && (failed & ~PRICE) === 0) spread.addAcross', 'spread.addAcross']],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: the lowest price is the last one of its bin',
    promise: 'PriceSpread: the prices themselves where they may be the least or the most of all',
    file: spread,
    replace: [
      ['Math.min(this.least, prices.min[product] as number)', 'prices.min[product] as number'],
    ],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: ranges begin anywhere',
    promise: 'chooseCuts: between round numbers',
    file: cuts,
    replace: [['return cut.step > other.step;', 'return false;']],
    suites: [cutsSpec],
  },
  {
    name: 'search: a few that cost something else are in one range with all',
    promise: 'chooseCuts: where nearly all have one value, the others are told from them',
    file: cuts,
    replace: [['if (fromMiddle < middleDistance) [', 'if (fromMiddle < 0) [']],
    suites: [cutsSpec],
  },
  {
    name: 'search: two amounts of a product in one range count twice',
    promise: 'FacetCounts: a product is in each range in which a value of it is',
    file: facets,
    replace: [['if (lastOf[range] === product) spread.takeOne(range);', '']],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: amounts that were not counted are taken away',
    promise: 'FacetCounter: of several values that were counted in one range, one counts',
    file: facets,
    replace: [[' || (failed !== 0 && this.codeBits?.[pair] !== failed)) continue', ') continue']],
    suites: [rangesSpec],
  },
  {
    name: 'search: few amounts are in ranges too',
    promise: 'QuantitySpread: fewer amounts than there may be ranges are a list already',
    file: quantitySpread,
    replace: [['amounts.size > MAX_RANGES', 'amounts.size > 1']],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: a range has amounts of every unit',
    promise: 'QuantityRange: amounts of a unit',
    file: quantityRange,
    replace: [['quantity.unit === unit &&', '']],
    suites: [rangeSpec],
  },
  {
    name: 'search: a range ends with its last amount, whether it is to be in it or not',
    promise: 'parseRange: 10..<20 is to below 20',
    file: quantityRange,
    replace: [["(isBelow === '<' ? 0 : 1)", '1']],
    suites: [rangeSpec],
  },
  {
    name: 'search: thousands are read as fractions',
    promise: 'quantityOf: what may as well be a thousand is no quantity',
    file: `${search}/model/index/quantity.ts`,
    replace: [[' || THOUSANDS.test(number)', '']],
    suites: [rangeSpec],
  },
  {
    name: 'search: a range of an attribute is no alternative to its values',
    promise: 'SearchSelection: any of the values, or of the ranges, for every code',
    file: filter,
    replace: [['ownOf(ranges, code)?.some((range) => isWithin(range, quantity))', 'false']],
    suites: [indexSpec, rangesSpec],
  },
  {
    name: 'search: what is older is in a list of what is new',
    promise: 'SearchSelection: only what was first published on this day, or after it',
    file: filter,
    replace: [['< this.sinceDay) {', '< 0) {']],
    suites: [indexSpec],
  },
  {
    name: 'search: what is new by its day is left out on that day',
    promise: 'SearchSelection: only what was first published on this day, or after it',
    file: filter,
    replace: [['< this.sinceDay) {', '<= this.sinceDay) {']],
    suites: [indexSpec],
  },
  {
    name: 'search: merged segments forget when products were published',
    promise: 'Segment.publishedDays: the day on which each was first published',
    file: `${search}/model/index/merge-segments.ts`,
    replace: [['publishedDays[product] as number', '0']],
    suites: [indexSpec],
  },
  {
    name: 'catalog: a product that comes back is new again',
    promise: 'ProductHeadRepository: only the first time counts',
    file: 'libs/catalog/src/authoring/products/product-head.repository.ts',
    replace: [[' AND published_at IS NULL', '']],
    suites: ['libs/catalog/src/storefront/published-product-view.repository.int-spec.ts'],
  },
  {
    name: 'catalog: a draft that is published is as old as it is',
    promise: 'ProductHeadRepository: when it was active for the first time',
    file: 'libs/catalog/src/authoring/products/product.repository.ts',
    replace: [['await this.heads.notePublished(tx, before, after);', '']],
    suites: ['libs/catalog/src/storefront/published-product-view.repository.int-spec.ts'],
  },
  {
    name: 'catalog: an import does not say when it published a draft',
    promise: 'ProductHeadRepository: when it was active for the first time',
    file: 'libs/catalog/src/authoring/products/product-head.repository.ts',
    replace: [['await this.notePublished(tx, before, after);', '']],
    suites: ['libs/catalog/src/storefront/published-product-view.repository.int-spec.ts'],
  },
];
