const search = 'libs/search/src';
const memory = `${search}/storefront/engine/memory-engine.ts`;
const memorySpec = `${search}/storefront/engine/memory-engine.spec.ts`;
const differenceSpec = `${search}/storefront/engine/search-engine.spec.ts`;
const parameters = `${search}/model/query/filter-parameters.ts`;
const parametersSpec = `${search}/model/query/filter-parameters.spec.ts`;
const explain = `${search}/model/query/explain-product.ts`;
const explainSpec = `${search}/model/query/explain-product.spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search engine: a load is not told what the index is the result of',
    promise: 'SearchEngine.open: of which invalidations it is the result is said to the context',
    file: memory,
    replace: [['    context.readMemoryAt(store.sequence);\n', '']],
    suites: [memorySpec],
  },
  {
    name: 'search engine: a load that nobody waits for waits on',
    promise: 'SearchEngine.open: throws the reason of the signal',
    file: memory,
    replace: [['store.ready(context.signal)', 'store.ready()']],
    suites: [memorySpec],
  },
  {
    name: 'suggested queries: errors are passed on',
    promise: 'StoreSearch.firstAnswered: every word as a product has it',
    file: memory,
    replace: [['words.every((word) => this.index.hasWord(word, languageCode)) &&', '']],
    suites: [memorySpec],
  },
  {
    name: 'suggested queries: what leads to nothing is suggested',
    promise: 'StoreSearch.firstAnswered: queries that select a product',
    file: memory,
    replace: [['this.index.total(selection) > 0', 'this.index.total(selection) >= 0']],
    suites: [memorySpec],
  },
  {
    name: 'suggested queries: more than were asked for',
    promise: 'StoreSearch.firstAnswered: the first `limit`',
    file: memory,
    replace: [['      if (answered.length === limit) break;\n', '']],
    suites: [memorySpec],
  },
  {
    name: 'search: an attribute with the name of what every object has is no filter',
    promise: 'SegmentFilter: a code is a code, whatever it is called',
    file: `${search}/model/query/segment-filter.ts`,
    replace: [['Object.hasOwn(byCode, code) ? byCode[code] : undefined', 'byCode[code]']],
    suites: [memorySpec],
  },
  {
    name: 'search engine: a position is that of the page, not of its last product',
    promise: 'StoreSearch.page: the next page begins behind the last product',
    file: `${search}/model/index/store-index.ts`,
    replace: [['found.length > limit ? shown.at(-1)', 'found.length > limit ? shown.at(0)']],
    suites: [differenceSpec],
  },
  {
    name: 'filter parameters: what every object has is known',
    promise: 'filteredQuery: others are refused',
    file: parameters,
    replace: [['!Object.hasOwn(known, name)', '!(name in known)']],
    suites: [parametersSpec],
    isQuick: true,
  },
  {
    name: 'filter parameters: a range is taken as it comes',
    promise: 'filteredQuery: what is no range is refused',
    file: parameters,
    replace: [['refuse(name, RANGE_FORM);', 'void name;']],
    suites: [parametersSpec],
    isQuick: true,
  },
  {
    name: 'filter parameters: values and ranges of an attribute count as two',
    promise: 'filteredQuery: at most ten codes',
    file: parameters,
    replace: [['codeIn(FILTER_NAME, name) ?? codeIn(RANGE_NAME, name)', 'name']],
    suites: [parametersSpec],
    isQuick: true,
  },
  {
    name: 'explain: what is too old is listed',
    promise: 'ExplainedProduct.droppedBy: why a product is not in a list',
    file: explain,
    replace: [["dropped.push('since')", 'dropped.push()']],
    suites: [explainSpec],
  },
  {
    name: 'explain: attributes and ranges are not filtered by',
    promise: 'GET /search/explain: takes the filters of a list',
    file: 'apps/authoring/src/search/explain.controller.ts',
    replace: [['filter: { ...filter, q,', 'filter: { ...filter, attributes: {}, ranges: {}, q,']],
    suites: ['apps/authoring/src/search/explain-filters.int-spec.ts'],
  },
  {
    name: 'lists: relevance without words has no second page',
    promise: 'productListQuery: without q relevance is name',
    file: 'apps/commerce/src/catalog/product.controller.ts',
    replace: [["asked === 'relevance' && q === undefined ? 'name' : asked", 'asked']],
    suites: ['apps/commerce/src/catalog/search.int-spec.ts'],
  },
  {
    name: 'search: of many spellings the first of a segment make phrases',
    promise: 'PhraseBonus: which other terms a segment has changes no score',
    file: `${search}/model/query/match-words.ts`,
    replace: [['words.map(boundsOf)', 'words.map((ranges) => boundsOf(ranges.slice(0, 6)))']],
    suites: [`${search}/model/query/match-words.spec.ts`],
    isQuick: true,
  },
  {
    name: 'search: which of too many attribute values are shown depends on segments',
    promise: 'attributeCounts: the same wherever they are counted',
    file: `${search}/storefront/listing/attribute-counts.ts`,
    replace: [
      ['    .sort(([one], [other]) => (one < other ? -1 : 1))\n    .flatMap', '    .flatMap'],
    ],
    suites: [`${search}/storefront/listing/product-facets.spec.ts`],
    isQuick: true,
  },
];
