const query = 'libs/search/src/model/query';
const letters = 'libs/search/src/model/index/term-letters.ts';
const remembered = `${query}/remembered-spellings.ts`;
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
    file: remembered,
    replace: [['this.known.size <= MAX_WORDS && ', '']],
    suites: [spec],
  },
  {
    name: 'spellings: words with many like them take more room than others',
    promise: 'RememberedSpellings: at most 20,000 terms together',
    file: remembered,
    replace: [[' && this.held <= MAX_TERMS', '']],
    suites: [spec],
  },
  {
    name: 'spellings: a word that is asked for all the time is forgotten like any other',
    promise: 'RememberedSpellings: longest unasked first',
    file: remembered,
    replace: [['      this.known.delete(key);\n      this.known.set(key, known);\n', '']],
    suites: [spec],
  },
  {
    name: 'matching: the words before answer for those that come after',
    promise: 'matchWords: laid out until other words are asked for',
    file: match,
    replace: [['if (areSame(matched.words, words)) return', 'return']],
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
      ['answered[touched[index] as number] = 0;', 'answered[touched[index] as number] = 1;'],
    ],
    suites: [matchSpec],
  },
  {
    name: 'matching: the facets match the words of the page again',
    promise: 'matchWords: it stays laid out',
    file: match,
    replace: [
      [
        '  live.matched = { words, touchedCount };',
        '  live.matched = { words: [], touchedCount };',
      ],
    ],
    suites: [matchSpec],
  },
];
