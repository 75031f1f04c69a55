const search = 'libs/search/src';
const selectPage = `${search}/model/query/select-page.ts`;
const pageSpec = `${search}/model/query/select-page.spec.ts`;
const rankingSpec = 'test/ranking/ranking.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'ranking: every field weighs the same',
    promise: 'nDCG@10 of the judged queries is above its floor',
    file: `${search}/model/index/analysed-product.ts`,
    replace: [["field === 'name' ? nameWeight(words) : weights[field]", '100']],
    suites: [rankingSpec],
  },
  {
    name: 'ranking: phrases do not count',
    promise: 'nDCG@10 of the judged queries is above its floor',
    file: `${search}/model/query/match-words.ts`,
    replace: [['const ADJACENT_BONUS = 6_000;', 'const ADJACENT_BONUS = 0;']],
    suites: [rankingSpec],
  },
  {
    name: 'ranking: phrases count only for words that are typed right',
    promise: 'PhraseBonus: what answers words stands side by side',
    file: `${search}/model/query/match-words.ts`,
    replace: [['.filter(({ from, to }) => to > from)', '.filter(({ quality }) => quality > 30)']],
    suites: [rankingSpec],
  },
  {
    name: 'ranking: typing errors are not forgiven',
    promise: 'nDCG@10 of the judged queries is above its floor',
    file: `${search}/model/query/similar-terms.ts`,
    replace: [['const ONE_EDIT_FROM = 4;', 'const ONE_EDIT_FROM = 99;']],
    suites: [rankingSpec],
  },
  {
    name: 'ranking: a stop word comes between the words of a phrase',
    promise: 'Segment.names: without stop words of their language',
    file: `${search}/model/index/segment-builder.ts`,
    replace: [['language === undefined ? words : this.stops.without(words, language)', 'words']],
    suites: [`${search}/model/query/search-words.spec.ts`],
  },
  {
    name: 'ranking: a name of stop words alone is no phrase',
    promise: 'StopTerms: without stop words, unless there is nothing else',
    file: `${search}/model/index/stop-terms.ts`,
    replace: [['telling.length > 0 ? telling : terms', 'telling']],
    suites: [`${search}/model/query/search-words.spec.ts`],
  },
  {
    name: 'ranking: a page leaves out what a phrase brings forward',
    promise: 'PhraseBonus.mostOf: of says no more than this',
    file: `${search}/model/query/match-words.ts`,
    replace: [['return Math.max(0, terms - 1) * ADJACENT_BONUS;', 'return 0;']],
    suites: [pageSpec],
  },
  {
    name: 'ranking: a page leaves out what its popularity brings forward',
    promise: 'bestOf: only what is out of the question is passed over',
    file: selectPage,
    replace: [['most + pointsOfLevel(mostPopular, most)', 'most']],
    suites: [pageSpec],
  },
  {
    name: 'ranking: of those with one score a page has those that came first',
    promise: 'bestOf: of two answers of the same score the newer product is first',
    file: selectPage,
    replace: [
      [
        'return most === this.least && this.isFull && !this.isBehind(this.limit - 1, product, most);',
        'return most === this.least && this.isFull;',
      ],
    ],
    suites: [pageSpec],
  },
];
