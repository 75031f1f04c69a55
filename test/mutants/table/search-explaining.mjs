const search = 'libs/search/src';
const explain = `${search}/model/query/explain-product.ts`;
const explainSpec = `${search}/model/query/explain-product.spec.ts`;
const storeIndex = `${search}/model/index/store-index.ts`;
const explainedIndex = `${search}/authoring/explaining/explained-index.ts`;
const apiSpec = 'apps/authoring/src/search/search-api.int-spec.ts';
const filtersSpec = 'apps/authoring/src/search/explain-filters.int-spec.ts';
const sight = 'libs/stores/src/model/store-sight.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'explain: any language is one of the store',
    promise: 'sightOf: catalog.locale-unknown',
    file: sight,
    replace: [['!locales.includes(locale)', "locale === ''"]],
    suites: [filtersSpec],
  },
  {
    name: 'explain: any currency is one of the store',
    promise: 'sightOf: catalog.currency-unknown',
    file: sight,
    replace: [['!currencies.includes(currency)', "currency === ''"]],
    suites: [filtersSpec],
  },
  {
    name: 'explain: phrases are not among the points',
    promise: 'SearchExplainer: the points add up to what the list is sorted by',
    file: explain,
    replace: [['isAnswered ? best + phrasePoints : 0', 'isAnswered ? best : 0']],
    suites: [explainSpec],
  },
  {
    name: 'explain: the place is counted in the segment of the product alone',
    promise: 'StoreIndex.explain: in the list by relevance',
    file: storeIndex,
    replace: [['1 + before.reduce((sum, count) => sum + count, 0)', '1 + (before[at] ?? 0)']],
    suites: [explainSpec],
  },
  {
    name: 'explain: of equal scores the older product is first',
    promise: 'countBefore: as the list is sorted',
    file: `${search}/model/query/select-page.ts`,
    replace: [['(other === score && isNewer)', '(other === score && !isNewer)']],
    suites: [explainSpec],
  },
  {
    name: 'explain: filters are not named',
    promise: 'ExplainedProduct.droppedBy: why a product is not in a list',
    file: explain,
    replace: [["dropped.push('category')", 'dropped.push()']],
    suites: [explainSpec],
  },
  {
    name: 'explain: a word that no product has hides the others',
    promise: 'StoreIndex.explain: the others are still explained',
    file: storeIndex,
    replace: [['this.rangesOf(word, selection, at)', '[]']],
    suites: [explainSpec],
  },
  {
    name: 'explain: the index is not kept up with the log',
    promise: 'ExplainedIndex: kept up with the log',
    file: explainedIndex,
    replace: [['    this.cache.listen(this.stores);\n', '']],
    suites: [apiSpec],
  },
  {
    name: 'explain: what was committed is not looked for before an answer',
    promise: 'ExplainedIndex.ready: with everything that was committed before the call',
    file: explainedIndex,
    replace: [['    await this.follower.followNow();\n', '']],
    suites: [apiSpec],
  },
  {
    name: 'explain: indexes of all stores that were asked about are held',
    promise: 'ExplainedIndex: at most one',
    file: explainedIndex,
    replace: [['else this.stores.forget(other.code);', 'else break;']],
    suites: [apiSpec],
  },
  {
    name: 'explain: an index that nobody asks for is held for ever',
    promise: 'ExplainedIndex: dropped after five idle minutes',
    file: explainedIndex,
    replace: [['() => this.stores.forget(storeCode), IDLE_MS', '() => undefined, IDLE_MS']],
    suites: [apiSpec],
  },
  {
    name: 'explain: every store that is asked about is loaded at once',
    promise: 'ExplainedIndex: loads one at a time',
    file: explainedIndex,
    replace: [['if (other.isLoading) await', 'if (storeCode === other.code) await']],
    suites: [apiSpec],
  },
];
