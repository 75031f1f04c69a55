const search = 'libs/search/src';
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
];
