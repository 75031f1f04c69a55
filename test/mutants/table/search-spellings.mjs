const query = 'libs/search/src/model/query';
const letters = 'libs/search/src/model/index/term-letters.ts';
const remembered = `${query}/remembered-spellings.ts`;
const lastAsked = `${query}/last-asked.ts`;
const match = `${query}/match-words.ts`;
const matchSpec = `${query}/match-words.spec.ts`;
const spec = `${query}/remembered-spellings.spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'spellings: terms that lack as many letters as may be wrong are passed over',
    promise:
      'TermLetters: what lacks more letters than may be wrong is passed over, and nothing else',
    file: letters,
    replace: [['each < most;', 'each + 1 < most;']],
    suites: [spec],
  },
  {
    name: 'spellings: a term is taken for its neighbours',
    promise: 'TermLetters.ofBlocks: of the terms together',
    file: letters,
    replace: [['together |= letters;', 'together = letters;']],
    suites: [spec],
  },
  {
    name: 'spellings: a beginning may have no more letters than the word',
    promise: 'similarTerms: a term counts when it begins with something like the word',
    file: `${query}/similar-terms.ts`,
    replace: [['isBeginning ? Infinity : word.length', 'word.length']],
    suites: [spec],
  },
  {
    name: 'spellings: what was asked of a word is not remembered with it',
    promise: 'RememberedSpellings: as similarTerms',
    file: remembered,
    replace: [["`${maxEdits}${isBeginning ? '*' : ' '}${word}`", '`${maxEdits}${word}`']],
    suites: [spec],
  },
  {
    name: 'spellings: every word that was ever asked for is remembered',
    promise: 'RememberedSpellings: of at most 1,000 words',
    file: lastAsked,
    replace: [['this.known.size <= maxTexts && ', '']],
    suites: [spec],
  },
  {
    name: 'spellings: words with many like them take more room than others',
    promise: 'RememberedSpellings: at most 20,000 terms together',
    file: lastAsked,
    replace: [[' && this.held <= maxWeight', '']],
    suites: [spec],
  },
  {
    name: 'spellings: a word that is asked for all the time is forgotten like any other',
    promise: 'LastAsked: longest unasked first',
    file: lastAsked,
    replace: [['    else this.known.delete(text);\n', '']],
    suites: [spec],
  },
  {
    name: 'matching: the words before answer for those that come after',
    promise: 'matchWords: laid out until other words are asked for',
    file: match,
    replace: [['if (areSame(live.matched.words, words)) return', 'return']],
    suites: [matchSpec],
  },
  {
    name: 'matching: the same terms are worth the same, however they answer',
    promise: 'matchWords: the sum of the best answer to each',
    file: match,
    replace: [['    range.quality === other.quality &&\n', '']],
    suites: [matchSpec],
  },
  {
    name: 'matching: what answered the words before still answers',
    promise: 'matchWords: marks the products that answer every word',
    file: match,
    replace: [
      ['answered[matches[index] as number] = 0;', 'answered[matches[index] as number] = 1;'],
    ],
    suites: [matchSpec],
  },
  {
    name: 'matching: the facets match the words of the page again',
    promise: 'matchWords: it stays laid out',
    file: match,
    replace: [['  live.matched = { words, count };', '  live.matched = { words: [], count };']],
    suites: [matchSpec],
  },
  {
    name: 'matching: what does not answer a word is forgotten for words that come after',
    promise: 'LiveSegment: what does not answer a word answers none',
    file: match,
    replace: [['    else answered[product] = 0;\n', '']],
    suites: [matchSpec],
  },
  {
    name: 'matching: products are looked up as if they came in one run',
    promise: 'seek: the matches consist of few ascending runs',
    file: match,
    replace: [['    if (product < last) at = start;\n', '']],
    suites: [matchSpec],
  },
  {
    name: 'matching: a product that is looked up is passed over',
    promise: 'seek: each from where the one before it was',
    file: match,
    replace: [['Math.min(at + step, end)', 'Math.min(at + 1, end)']],
    suites: [matchSpec],
  },
  {
    name: 'matching: of two with the same score the first that was looked at is kept',
    promise: 'bestOf: of two answers of the same score the newer product is first',
    file: `${query}/select-page.ts`,
    replace: [['score < best.least ||', 'score <= best.least ||']],
    suites: [matchSpec],
  },
  {
    name: 'matching: words are answered by what there was when they were asked for first',
    promise: 'StoreIndex: what answers words is known until it changes',
    file: 'libs/search/src/model/index/store-index.ts',
    replace: [
      [
        '    this.segments = segments;\n    this.resolved = new WeakMap();\n',
        '    this.segments = segments;\n',
      ],
    ],
    suites: [matchSpec],
  },
];
