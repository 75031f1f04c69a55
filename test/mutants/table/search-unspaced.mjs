const search = 'libs/search/src';
const compile = `${search}/model/rules/compile-rules.ts`;
const compileSpec = `${search}/model/rules/compile-rules.spec.ts`;
const missLog = `${search}/model/noting/search-notes.ts`;
const missLogSpec = `${search}/model/noting/search-notes.spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search rules: the last character of a run is a word of a rule',
    promise: 'askedWords: the last character of a run is none of them',
    file: `${search}/model/text/words.ts`,
    replace: [
      [
        'isBigram || !isBehind(words[index - 1], term)',
        'isBigram || !isBehind(words[index - 1], term) || term.length > 0',
      ],
    ],
    suites: [compileSpec],
  },
  {
    name: 'search rules: each pair of a run is a word of its own',
    promise: 'countWords: pairs of a run are one together',
    file: `${search}/model/text/words.ts`,
    replace: [['!isBigram || !isBehind(words[index - 1], first)', "first !== ''"]],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a run that no query can have is a word of a rule',
    promise: 'ruleLimits.run: the pairs of a query are as many',
    file: compile,
    replace: [[' || bigrams >= ruleLimits.run', '']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a hidden word inside of a run is suggested',
    promise: 'queriesBeginningWith: but for what staff hide, wherever in the query its words are',
    file: `${search}/model/queries/popular-queries.ts`,
    replace: [['keyOfText(query)', 'query']],
    suites: [`${search}/model/queries/popular-queries.spec.ts`],
  },
  {
    name: 'search misses: what is written without spaces is noted in pairs',
    promise: 'notedForm: its folded words, as people would read them',
    file: missLog,
    replace: [
      ["readableWords(query).join(' ')", 'keyOfText(query)'],
      [
        "import { readableWords } from '../text/words.js';",
        "import { keyOfText } from '../rules/compile-rules.js';",
      ],
    ],
    suites: [missLogSpec],
  },
];
