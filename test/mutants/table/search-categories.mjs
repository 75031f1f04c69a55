const search = 'libs/search/src';
const resolve = `${search}/model/query/resolve-words.ts`;
const names = `${search}/model/index/category-names.ts`;
const namesSpec = `${search}/model/index/category-names.spec.ts`;
const contract = `${search}/storefront/engine/memory-engine.spec.ts`;
const shopSpec = 'apps/commerce/src/catalog/category-words.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search categories: names are those of before',
    promise: 'CategoryNames: a category that is renamed or moved changes what is found at once',
    file: `${search}/storefront/suggesting/label-indexes.ts`,
    replace: [['known?.source === source', 'known !== undefined']],
    suites: [shopSpec],
  },
  {
    name: 'search categories: their names are no words of products',
    promise: 'QueryLexiconReader: what a store says of words in one of its languages',
    file: `${search}/storefront/listing/selection.reader.ts`,
    replace: [['filter.q === undefined ? NO_LEXICON', 'filter.q !== undefined ? NO_LEXICON']],
    suites: [shopSpec],
  },
  {
    name: 'search categories: what is below one does not answer by its name',
    promise: 'CategoryNames: a word is answered by a category, and with it by all below it',
    file: names,
    replace: [['(this.tree.places[key]?.subtreeIds ?? [])', '[key]']],
    suites: [contract],
  },
  {
    name: 'search categories: what answers a word is looked for each time it is asked',
    promise: 'CategoryNames.answering: the same object for a word that was asked for lately',
    file: names,
    replace: [
      [
        'this.known.get(key, () => this.answersTo(',
        '((_, find) => find())(key, () => this.answersTo(',
      ],
    ],
    suites: [namesSpec],
  },
  {
    name: 'search categories: a word that may still be typed answers as a whole one did',
    promise: 'CategoryNames.answering: what was asked of a word is remembered with it',
    file: names,
    replace: [['[languageCode, isLast, isBigram, stem]', '[languageCode, isBigram, stem]']],
    suites: [namesSpec],
  },
  {
    name: 'search categories: the neighbours of a word make no name',
    promise: 'CategoryNames.answering: most neighbours make no word of a name',
    file: names,
    replace: [['word.joins.filter((join) => this.labels.hasTerm(join))', '[]']],
    suites: [namesSpec],
  },
  {
    name: 'search categories: a mistyped name answers beside what is typed right',
    promise:
      'resolveWords: typing errors are looked for only in a word that no product answers otherwise',
    file: resolve,
    replace: [['(way) => !typingErrors.includes(way)', '() => true']],
    suites: [contract],
  },
  {
    name: 'search categories: no typing error is forgiven in their names',
    promise:
      'resolveWords: typing errors are looked for in a word that no product answers otherwise',
    file: resolve,
    replace: [['(way) => ways.includes(way)', '() => false']],
    suites: [contract],
  },
  {
    name: 'search categories: the products of another one answer',
    promise: 'CategoryPostings: the products of each category of a segment',
    file: `${search}/model/query/category-postings.ts`,
    replace: [['starts[value + 1], starts[value + 2]', 'starts[value], starts[value + 1]']],
    suites: [contract],
  },
  {
    name: 'search categories: a category says as much of a product as its name',
    promise: 'weightOf: behind what is called so itself',
    file: `${search}/model/index/analysed-product.ts`,
    replace: [['category: 45', 'category: 255']],
    suites: [contract],
  },
  {
    name: 'search categories: an explanation calls them words of the product',
    promise: 'ExplainedWord: where it stands',
    file: `${search}/model/query/explain-product.ts`,
    replace: [['term: category ?? text', 'term: text']],
    suites: ['apps/authoring/src/search/explain-filters.int-spec.ts'],
  },
  {
    name: 'search: a query is read again for the facets of a page',
    promise: 'SelectionReader: the query of a filter is read once',
    file: 'libs/search/src/storefront/listing/selection.reader.ts',
    replace: [['if (isKnown) return', 'if (isKnown && false) return']],
    suites: ['libs/search/src/storefront/listing/selection.reader.int-spec.ts'],
  },
  {
    name: 'search: a filter is read as it was before a category was renamed',
    promise: 'SelectionReader: a filter is read anew with other words',
    file: 'libs/search/src/storefront/listing/selection.reader.ts',
    replace: [['known?.lexicon === lexicon &&', 'known !== undefined &&']],
    suites: ['libs/search/src/storefront/listing/selection.reader.int-spec.ts'],
  },
  {
    name: 'search: a filter is read in the currency it was read in first',
    promise: 'SelectionReader: of each currency',
    file: 'libs/search/src/storefront/listing/selection.reader.ts',
    replace: [['known.currency === currency;', 'true;']],
    suites: ['libs/search/src/storefront/listing/selection.reader.int-spec.ts'],
  },
  {
    name: 'search: a filter is read in the language it was read in first',
    promise: 'SelectionReader: of each language',
    file: 'libs/search/src/storefront/listing/selection.reader.ts',
    replace: [['known.locale === locale &&', 'true &&']],
    suites: ['libs/search/src/storefront/listing/selection.reader.int-spec.ts'],
  },
];
