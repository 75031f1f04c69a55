const categorySpec = 'libs/catalog/src/model/category.spec.ts';
const productRulesSpec = 'libs/catalog/src/model/product-rules.spec.ts';
const slugSpec = 'libs/catalog/src/model/slug.spec.ts';
const relatedProductsSpec = 'libs/catalog/src/authoring/related/related-products.spec.ts';
const categoryFile = 'libs/catalog/src/model/category.ts';
const productRulesFile = 'libs/catalog/src/model/product-rules.ts';
const foldTextFile = 'libs/kernel/src/text/fold-text.ts';
const foldTextSpec = 'libs/kernel/src/text/fold-text.spec.ts';
const slugFile = 'libs/catalog/src/model/slug.ts';
const relatedProductsFile = 'libs/catalog/src/authoring/related/related-products.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'catalog: a category is below itself',
    promise: 'categoryBreaches: a category cannot be below itself',
    file: categoryFile,
    replace: [['} else if (makesCycle(nodes, id, parentId)) {', '} else if (parentId === id) {']],
    suites: [categorySpec],
    isQuick: true,
  },
  {
    name: 'catalog: a tree of any depth',
    promise: 'categoryLimits.depth',
    file: categoryFile,
    replace: [['if (depth > categoryLimits.depth) {', 'if (depth > 99) {']],
    suites: [categorySpec],
  },
  {
    name: 'catalog: a move counts the category alone',
    promise: 'heightOf: levels of the tree below and including',
    file: categoryFile,
    replace: [['.length + heightOf(nodes, id)', '.length + 1']],
    suites: [categorySpec],
  },
  {
    name: 'catalog: a cycle has no end',
    promise: 'withAncestors: ends on a cycle',
    file: categoryFile,
    replace: [['seen.add(next);\n', 'if (path.length > 9) throw new Error("a cycle");\n']],
    suites: [categorySpec],
  },
  {
    name: 'catalog: a parent of another store',
    promise: 'categoryBreaches: not a category of the store',
    file: categoryFile,
    replace: [['if (parentId !== null && !nodes.has(parentId)) {', "if (parentId === '') {"]],
    suites: [categorySpec],
  },
  {
    name: 'catalog: a category without a name in the default language',
    promise: 'categoryBreaches: the default language is always there',
    file: categoryFile,
    replace: [
      [
        'if (names[store.defaultLocale] === undefined) {',
        'if (store.defaultLocale === undefined) {',
      ],
    ],
    suites: [categorySpec],
  },
  {
    name: 'catalog: a category in a language the store does not speak',
    promise: 'categoryBreaches: not a language of the store',
    file: categoryFile,
    replace: [['if (!store.locales.includes(locale)) {', 'if (locale === null) {']],
    suites: [categorySpec],
  },
  {
    name: 'catalog: a category without a slug',
    promise: 'categoryBreaches: slug',
    file: categoryFile,
    replace: [['if (!isSlug(slug)) {', 'if (slug === null) {']],
    suites: [categorySpec],
  },
  {
    name: 'catalog: the names of options repeat',
    promise: 'productBreaches: each name once',
    file: productRulesFile,
    replace: [['if (new Set(options).size < options.length) {', 'if (options === null) {']],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: a product without its default language',
    promise: 'productBreaches: the default language is missing',
    file: productRulesFile,
    replace: [['if (texts[store.defaultLocale] === undefined) {', 'if (texts === undefined) {']],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: a product in a language the store does not speak',
    promise: 'productBreaches: not a language of the store',
    file: productRulesFile,
    replace: [['if (!store.locales.includes(locale)) {', 'if (locale === null) {']],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: a weight may be less than nothing',
    promise: 'productBreaches: whole grams',
    file: productRulesFile,
    replace: [
      [
        'Number.isSafeInteger(value) && value >= 0 && value <= max',
        'Number.isSafeInteger(value) && value <= max',
      ],
    ],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: two variants with one SKU',
    promise: 'productBreaches: each SKU once',
    file: productRulesFile,
    replace: [
      ['if (variant.sku !== null && skus.has(variant.sku)) {', 'if (variant.sku === undefined) {'],
    ],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: two variants of one combination',
    promise: 'productBreaches: each combination once',
    file: productRulesFile,
    replace: [['if (combinations.has(combination)) {', 'if (combination === null) {']],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: a variant without its option values',
    promise: 'productBreaches: one value for each option',
    file: productRulesFile,
    replace: [
      [
        "  check(optionValues.length === optionCount, 'optionValues', 'one value for each option');\n",
        '',
      ],
    ],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: a product without variants',
    promise: 'productBreaches: at least one',
    file: productRulesFile,
    replace: [['variants.length === 0 || variants.length', 'variants.length']],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: a picture from anywhere',
    promise: 'productBreaches: http(s), or a path of this site',
    file: productRulesFile,
    replace: [['if (!isImageUrl(url)) {', 'if (url === null) {']],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: a variant shows what the product has not',
    promise: 'productBreaches: one of the images of the product',
    file: productRulesFile,
    replace: [['imageUrl === null || urls.has(imageUrl)', 'imageUrl !== ""']],
    suites: [productRulesSpec],
  },
  {
    name: 'catalog: texts that cannot be seen',
    promise: 'unsafeText: controls of the writing direction make two different names look alike',
    file: productRulesFile,
    replace: [['    ...unsafeTextBreaches(plainTextsOf(product)),\n', '']],
    suites: [productRulesSpec],
    isQuick: true,
  },
  {
    name: 'catalog: a slug in capitals',
    promise: 'isSlug: lower-case letters, digits, dashes',
    file: slugFile,
    replace: [['SLUG.test(text)', '/^[A-Za-z0-9-]+$/.test(text)']],
    suites: [slugSpec],
    isQuick: true,
  },
  {
    name: 'catalog: a slug of any length',
    promise: 'isSlug: at most 200 characters',
    file: slugFile,
    replace: [['text.length <= MAX_SLUG_LENGTH && ', '']],
    suites: [slugSpec],
  },
  {
    name: 'catalog: diacritics count',
    promise: 'foldText: without diacritics',
    file: foldTextFile,
    replace: [[".replace(DIACRITIC, '')", '']],
    suites: [foldTextSpec],
  },
  {
    name: 'catalog: marks that are letters of other scripts are left out',
    promise: 'foldText: those of other scripts are letters by themselves',
    file: foldTextFile,
    replace: [["replace(DIACRITIC, '')", "replace(/\\p{M}+/gu, '')"]],
    suites: [foldTextSpec],
  },
  {
    name: 'catalog: what is written in two ways is taken for two words',
    promise: 'foldText: a nukta, voiced kana, vowels of Tamil',
    file: foldTextFile,
    replace: [["(letter) => letter.normalize('NFC')", '(letter) => letter']],
    suites: [foldTextSpec],
  },
  {
    name: 'catalog: letters that Unicode does not take apart are dropped',
    promise: 'foldText: letters that people write with two',
    file: foldTextFile,
    replace: [['.replace(NOT_DECOMPOSED, (letter) => SPELLED_OUT[letter] ?? letter)', '']],
    suites: [foldTextSpec],
  },
  {
    name: 'catalog: a slug with an id is too long',
    promise: 'slugWithId: within the length a slug may have',
    file: slugFile,
    replace: [['slug.slice(0, room)', 'slug.slice(0)']],
    suites: [slugSpec],
  },
  {
    name: 'catalog: a product is related to itself',
    promise: 'RelationGroup.candidates: never the product itself',
    file: relatedProductsFile,
    replace: [['.filter(({ id }) => id !== product.id)', '']],
    suites: [relatedProductsSpec],
  },
  {
    name: 'catalog: all of a category are related',
    promise: 'RELATED_COUNT: bounded',
    file: relatedProductsFile,
    replace: [['    .slice(0, RELATED_COUNT)\n', '']],
    suites: [relatedProductsSpec],
  },
  {
    name: 'catalog: a brand does not count',
    promise: 'relationScore: brand',
    file: relatedProductsFile,
    replace: [['(a.brand !== null && a.brand === b.brand ? BRAND_WEIGHT : 0)', '0']],
    suites: [relatedProductsSpec],
  },
  {
    name: 'catalog: shared attributes do not count',
    promise: 'relationScore: shared attributes',
    file: relatedProductsFile,
    replace: [['if (other.has(attribute)) shared += 1;', 'shared += 0;']],
    suites: [relatedProductsSpec],
  },
  {
    name: 'catalog: a price does not count',
    promise: 'relationScore: nearness of price',
    file: relatedProductsFile,
    replace: [['PRICE_WEIGHT * (1 - distance)', 'PRICE_WEIGHT']],
    suites: [relatedProductsSpec],
  },
  {
    name: 'catalog: products that cost nothing divide by it',
    promise: 'relationScore: copes with products that cost nothing',
    file: relatedProductsFile,
    replace: [['dearer === 0 ? 0 : ', '']],
    suites: [relatedProductsSpec],
  },
  {
    name: 'catalog: equal scores are in the order they came',
    promise: 'relatedTo: equal scores are ordered by id',
    file: relatedProductsFile,
    replace: [['b.score - a.score || (a.id < b.id ? -1 : 1)', 'b.score - a.score']],
    suites: [relatedProductsSpec],
  },
];
