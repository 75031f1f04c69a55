const search = 'libs/search/src';
const words = `${search}/model/text/words.ts`;
const wordsSpec = `${search}/model/query/search-words.spec.ts`;
const indexSpec = `${search}/model/index/store-index.spec.ts`;
const storeIndex = `${search}/model/index/store-index.ts`;
const resolve = `${search}/model/query/resolve-words.ts`;
const filter = `${search}/model/query/segment-filter.ts`;
const facets = `${search}/model/query/count-facets.ts`;
const selectPage = `${search}/model/query/select-page.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search: words are not folded',
    promise: 'wordsOf: lower case, without diacritics, sharp s as ss, every i of Turkish as i',
    file: words,
    replace: [['const term = foldText(part);', 'const term = part.toLowerCase();']],
    suites: [wordsSpec],
    isQuick: true,
  },
  {
    name: 'search: umlauts are not spelled out',
    promise: 'Word: also written with ae, oe, ue',
    file: words,
    replace: [['const spelled = UMLAUT.test(part)', 'const spelled = UMLAUT.test(term)']],
    suites: [wordsSpec],
    isQuick: true,
  },
  {
    name: 'search: compounds are not joined',
    promise: 'Word: at the first part of a compound, all its parts as one word',
    file: words,
    replace: [
      ['parts.length > 1 && parts.length <= MAX_PARTS', 'parts.length > 9 && parts.length <= 0'],
    ],
    suites: [wordsSpec],
    isQuick: true,
  },
  {
    name: 'search: neighbours in a query are not tried as one word',
    promise: 'parseQuery: neighbours are also tried joined',
    file: `${search}/model/query/parse-query.ts`,
    replace: [['for (const length of [2, 3])', 'for (const length of [])']],
    suites: [wordsSpec],
    isQuick: true,
  },
  {
    name: 'search: a number and its unit are not looked for apart',
    promise: 'search.md: 10mm finds what has 10 and mm',
    file: `${search}/model/query/parse-query.ts`,
    replace: [['...apart(word.term)', '']],
    suites: [wordsSpec],
    isQuick: true,
  },
  {
    name: 'search: what a word begins is no other way to write it',
    promise: 'spellingOf: a word with ae, oe, ue for ä, ö, ü',
    file: words,
    replace: [['cut(term + next.term)', 'term']],
    suites: [wordsSpec],
    isQuick: true,
  },
  {
    name: 'search: scripts without spaces are one word',
    promise: 'wordsOf: runs of scripts without spaces become pairs of characters',
    file: words,
    replace: [['term.matchAll(UNSPACED)', "''.matchAll(UNSPACED)"]],
    suites: [wordsSpec],
  },
  {
    name: 'search: a word does not answer its beginnings',
    promise: 'resolveWords: the beginning of a term answers',
    file: resolve,
    replace: [
      ['const to = terms.prefixEnd(form, from);', 'const to = Math.min(terms.length, from + 1);'],
    ],
    suites: [wordsSpec],
  },
  {
    name: 'search: stems are not compared',
    promise: 'resolveWords: terms of the same stem answer',
    file: resolve,
    replace: [
      ['languageCode === undefined ? undefined :', 'languageCode !== undefined ? undefined :'],
    ],
    suites: [wordsSpec],
  },
  {
    name: 'search: stop words are wanted like others',
    promise: 'parseQuery: stop words only when there are no others',
    file: `${search}/model/query/parse-query.ts`,
    replace: [['language?.stopWords.has(term) !== true', 'term !== undefined']],
    suites: [wordsSpec],
  },
  {
    name: 'search: typing errors are not forgiven',
    promise: 'allowedEdits: one from four letters on, two from eight',
    file: `${search}/model/query/similar-terms.ts`,
    replace: [['return length < TWO_EDITS_FROM ? 1 : 2;', 'return length < 99 ? 0 : 2;']],
    suites: [wordsSpec],
  },
  {
    name: 'search: neighbours exchanged are two errors',
    promise: 'similarTerms: two neighbours exchanged are one edit',
    file: `${search}/model/query/similar-terms.ts`,
    replace: [['if (exchanged < edits) edits = exchanged;', '']],
    suites: [wordsSpec],
  },
  {
    name: 'search: typing errors are looked for in words that are answered',
    promise:
      'resolveWords: exact first; typing errors only in a word that nothing answers otherwise',
    file: resolve,
    replace: [['isDirect && !isRelaxed ?', 'isDirect && isRelaxed ?']],
    suites: [wordsSpec],
  },
  {
    name: 'search: words beside each other are worth nothing',
    promise: 'PhraseBonus: higher when words stand beside each other in the name',
    file: `${search}/model/query/match-words.ts`,
    replace: [['const ADJACENT_BONUS = 6_000;', 'const ADJACENT_BONUS = 0;']],
    suites: [wordsSpec],
  },
  {
    name: 'search: what cannot be had scores like the rest',
    promise: 'unavailableDeduction: what cannot be had scores a fifth less',
    file: selectPage,
    replace: [['? Math.floor(points / 5) : 0', '? 0 : 0']],
    suites: [wordsSpec],
  },
  {
    name: 'search: a product answers with any of its words',
    promise: 'matchWords: every word has to be answered',
    file: `${search}/model/query/match-words.ts`,
    replace: [['if (answered[product] === words) matches', 'if (answered[product] !== 0) matches']],
    suites: [wordsSpec],
  },
  {
    name: 'search: a price filter looks at the span of a product',
    promise: 'SegmentFilter: the same variant costs at least and at most so much',
    file: filter,
    replace: [['if (price >= min && price <= max) return true;', 'if (price >= 0) return true;']],
    suites: [indexSpec],
  },
  {
    name: 'search: the prices between the least and the most are forgotten',
    promise: 'PriceColumn: a product keeps the price of each variant',
    file: `${search}/model/index/columns.ts`,
    replace: [['distinct.slice(1, -1)', 'distinct.slice(1, 1)']],
    suites: [indexSpec],
  },
  {
    name: 'search: merged segments forget the prices in between',
    promise: 'mergeSegments: a merged segment answers as its parts did',
    file: `${search}/model/index/merge-segments.ts`,
    replace: [['return [min, ...rest, max', 'return [min, max']],
    suites: [indexSpec],
  },
  {
    name: 'search: brands are counted within their own selection',
    promise: 'FacetCounter: each facet leaves out its own selection',
    file: facets,
    replace: [['(failed & ~BRAND) === 0', 'failed === 0']],
    suites: [indexSpec],
  },
  {
    name: 'search: an attribute is counted within its own selection',
    promise: 'FacetCounter: a code that is chosen counts what fails nothing but it',
    file: facets,
    replace: [['failed === 0 || codeBits?.[pair] === failed', 'failed === 0']],
    suites: [indexSpec],
  },
  {
    name: 'search: a page begins with the product that the last one ended with',
    promise: 'keyset cursor: the page after a position is behind it',
    file: `${search}/model/query/sort-order.ts`,
    replace: [['=== undefined ? rank : rank + 1', '=== undefined ? rank : rank']],
    suites: [indexSpec],
  },
  {
    name: 'search: a page of relevance repeats products of the same score',
    promise:
      'keyset cursor: of equal scores the newer product is first, and the page goes on behind it',
    file: selectPage,
    replace: [['if (score === below &&', 'if (score > below &&']],
    suites: [indexSpec],
  },
  {
    name: 'search: the cursor says that there is more than there is',
    promise: 'StoreIndex.page: `next` is undefined on the last page',
    file: storeIndex,
    replace: [['found.length > limit ? shown', 'found.length > 0 ? shown']],
    suites: [indexSpec],
  },
  {
    name: 'search: a product that changes is not buried where it was',
    promise: 'StoreIndex: a product is buried where it is and comes into a new segment',
    file: storeIndex,
    replace: [['buryIn(this.segments, graves);', '']],
    suites: [indexSpec],
  },
  {
    name: 'search: the old goes before the new has come',
    promise: 'StoreIndex: a change is prepared in steps and takes effect in one',
    file: storeIndex,
    replace: [
      [
        '    const fresh = builder.size === 0',
        '    buryIn(this.segments, yield* gravesOf([...ids], () => this.segments));\n    const fresh = builder.size === 0',
      ],
    ],
    suites: [indexSpec],
  },
  {
    name: 'search: a merge brings back what was buried meanwhile',
    promise: 'PendingMerge: what changes meanwhile is not lost',
    file: `${search}/model/index/pending-merge.ts`,
    replace: [['if (alive[product] === 0) live.bury(number);', '']],
    suites: [indexSpec],
  },
  {
    name: 'search: small segments are never merged',
    promise: 'StoreIndex: small segments are merged, so there are few of them',
    file: storeIndex,
    replace: [['merged.length === 0 ? undefined', 'merged.length < 9_999 ? undefined']],
    suites: [indexSpec],
  },
  {
    name: 'search: what has gone keeps its room for ever',
    promise: 'StoreIndex: hollow segments are merged',
    file: `${search}/model/index/mergeable.ts`,
    replace: [['alive * 2 < length', 'alive * 2 < 0 * length']],
    suites: [indexSpec],
  },
  {
    name: 'search: typing errors are not looked for where words are answered apart but not together',
    promise: 'StoreIndex: when no product has all words, typing errors are looked for in all',
    file: storeIndex,
    replace: [['return resolveWords(this.segments, selection, true) ?? [];', 'return exact;']],
    suites: [wordsSpec],
  },
];
