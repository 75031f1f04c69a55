const search = 'libs/search/src';
const correct = `${search}/model/query/correct-query.ts`;
const correctSpec = `${search}/model/query/correct-query.spec.ts`;
const likely = `${search}/model/query/likely-terms.ts`;
const labelIndex = `${search}/model/index/label-index.ts`;
const labelSpec = `${search}/model/index/label-index.spec.ts`;
const reader = `${search}/storefront/suggesting/suggestion.reader.ts`;
const lists = `${search}/storefront/listing/product-list.reader.ts`;
const popular = `${search}/model/queries/popular-queries.ts`;
const popularSpec = `${search}/model/queries/popular-queries.spec.ts`;
const keptSpec = `${search}/storefront/queries/popular-query.repository.int-spec.ts`;
const simulated = 'test/simulation/suggestions.spec.ts';
const appSpec = 'apps/commerce/src/catalog/search-box.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'suggestions: categories and brands without products are suggested',
    promise: 'SuggestionReader: categories and brands with products',
    file: reader,
    replace: [['    .filter(({ count }) => count > 0)\n', '']],
    suites: [appSpec],
  },
  {
    name: 'suggestions: categories that were there once',
    promise: 'LabelIndexes: made anew when the names are others',
    file: `${search}/storefront/suggesting/label-indexes.ts`,
    replace: [['known?.signature === signature', 'known !== undefined']],
    suites: [appSpec],
  },
  {
    name: 'suggestions: brands that were there when the first one was asked for',
    promise: 'LabelIndexes: made anew when the names are others',
    file: `${search}/storefront/suggesting/label-indexes.ts`,
    replace: [['known?.source === source', 'known !== undefined']],
    suites: [simulated],
  },
  {
    name: 'suggestions: counts of products that have changed',
    promise: 'SelectionReader: the tags it names must be known before anything is read',
    file: `${search}/storefront/listing/selection.reader.ts`,
    replace: [
      ['if (filter.category === undefined) context.tag(catalogTags.storeProducts(storeCode));', ''],
    ],
    suites: [simulated],
  },
  {
    name: 'suggestions: all names are looked at for each key press',
    promise: 'LabelIndexes: not even looked at while the source is the same',
    file: `${search}/storefront/suggesting/label-indexes.ts`,
    replace: [['known?.source === source', "group === ''"]],
    suites: [`${search}/storefront/suggesting/label-indexes.spec.ts`],
  },
  {
    name: 'suggestions: a category has only the products directly in it',
    promise: 'SuggestionReader: products in a category and below it',
    file: reader,
    replace: [['(places[key]?.subtreeIds ?? [])', '[key]']],
    suites: [appSpec],
  },
  {
    name: 'suggestions: names are not found by their stems',
    promise: 'LabelIndex: found as products are',
    file: labelIndex,
    replace: [['language === undefined ? [] : [language]', '[]']],
    suites: [labelSpec],
  },
  {
    name: 'did you mean: no more errors than a search forgives',
    promise: 'likelyTerms: more edits than a search forgives by itself',
    file: likely,
    replace: [['const TWO_EDITS_FROM = 5;', 'const TWO_EDITS_FROM = 8;']],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: a word that leads to products by a typing error again',
    promise: 'correctQuery: what was meant is found as it is',
    file: correct,
    replace: [['index.totalAsWritten(', 'index.total(']],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: numbers are corrected',
    promise: 'likelyTerms: numbers tell something else with each digit',
    file: likely,
    replace: [['/\\p{N}/u.test(word)', "word === ''"]],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: words that only buried products have',
    promise: 'likelyTerms: terms that products have',
    file: likely,
    replace: [['.filter(({ products }) => products > 0)', '.filter(() => true)']],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: a stop word that most texts have',
    promise: 'likelyTerms: nobody means a stop word',
    file: likely,
    replace: [['!stopWords.has(term)', "term !== ''"]],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: a query that leads to nothing is offered',
    promise: 'correctQuery: selects at least one product',
    file: correct,
    replace: [['return best.total > 0 ? best : undefined;', 'return best;']],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: one word is replaced although another stays unknown',
    promise: 'correctQuery: undefined when there is nothing better',
    file: correct,
    replace: [
      [
        '    if (corrected === undefined) return undefined;\n',
        '    if (corrected === undefined) continue;\n',
      ],
    ],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: known words are replaced by rarer ones',
    promise: 'correctQuery: more than total',
    file: correct,
    replace: [
      ['corrected.total > best.total) best = corrected', 'corrected.total > 0) best = corrected'],
    ],
    suites: [correctSpec],
  },
  {
    name: 'did you mean: words are shown as the index folds them',
    promise: 'QueryAdvice.didYouMean: new words written as products have them',
    file: `${search}/storefront/listing/query-advice.ts`,
    replace: [['[term, writtenAs(term, texts)] as const', '[term, term] as const']],
    suites: [appSpec],
  },
  {
    name: 'did you mean: asked below a list of any length',
    promise: 'ProductListReader: when a query has none or few answers',
    file: lists,
    replace: [['isWhole && page.ids.length < FEW', 'page.ids.length >= 0']],
    suites: [appSpec],
  },
  {
    name: 'suggested queries: one use is enough',
    promise: 'levelOf: fewer uses may all be those of one shopper',
    file: popular,
    replace: [['LEAST_USES = 5', 'LEAST_USES = 1']],
    suites: [popularSpec],
    isQuick: true,
  },
  {
    name: 'suggested queries: what staff hide is suggested',
    promise: 'queriesBeginningWith: but for what staff hide',
    file: popular,
    replace: [['!hidden.some(', '![].some(']],
    suites: [popularSpec],
    isQuick: true,
  },
  {
    name: 'suggested queries: in no order of popularity',
    promise: 'popularFirst: most popular first',
    file: popular,
    replace: [['other.level - one.level || ', '']],
    suites: [popularSpec],
    isQuick: true,
  },
  {
    name: 'suggested queries: replicas do not hear of a new one',
    promise: 'PopularQueryRepository: suggestions are voided when a level changes',
    file: `${search}/storefront/queries/popular-query.repository.ts`,
    replace: [['if (isChanged || isCut) tx', 'if (isCut) tx']],
    suites: [appSpec],
  },
  {
    name: 'suggested queries: one that comes often within a minute is popular',
    promise: 'PopularQueryRecorder: a replica counts one use a minute',
    file: `${search}/storefront/queries/popular-query.repository.ts`,
    replace: [['use_count = use_count + 1', 'use_count = use_count + ${query.count}']],
    suites: [appSpec],
  },
  {
    name: 'suggested queries: pruned ones stay suggested',
    promise: 'PopularQueryPruner: they are not suggested any more',
    file: `${search}/authoring/queries/popular-query.pruner.ts`,
    replace: [[' tx.invalidate(searchTags.queries(storeId));', ' void storeId;']],
    suites: [appSpec],
  },
  {
    name: 'suggested queries: a new one never gets in among many',
    promise: 'PopularQueryRepository.add: the rarest of the others go',
    file: `${search}/storefront/queries/popular-query.repository.ts`,
    replace: [[' AND id NOT IN ${sql.in(added.map(({ id }) => id))}', '']],
    suites: [keptSpec],
  },
  {
    name: 'suggested queries: one that went stays suggested',
    promise: 'PopularQueryRepository.add: voided when one of them goes',
    file: `${search}/storefront/queries/popular-query.repository.ts`,
    replace: [['if (isChanged || isCut) tx', 'if (isChanged) tx']],
    suites: [keptSpec],
  },
  {
    name: 'suggested queries: each use makes all suggestions anew',
    promise: 'PopularQueryRepository.add: voided only when one of them changes by a level',
    file: `${search}/storefront/queries/popular-query.repository.ts`,
    replace: [['if (isChanged || isCut) tx', 'tx']],
    suites: [keptSpec],
  },
];
