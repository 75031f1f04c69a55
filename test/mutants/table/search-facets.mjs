const search = 'libs/search/src';
const order = `${search}/storefront/facets/facet-order.ts`;
const orderSpec = `${search}/storefront/facets/facet-order.spec.ts`;
const counts = `${search}/storefront/listing/attribute-counts.ts`;
const countsSpec = `${search}/storefront/listing/product-facets.spec.ts`;
const breaches = `${search}/model/facets/facet-breaches.ts`;
const breachesSpec = `${search}/model/facets/facet-breaches.spec.ts`;
const editor = `${search}/authoring/facets/facet-settings.editor.ts`;
const apiSpec = 'apps/authoring/src/search/facet-settings.int-spec.ts';
const shopSpec = 'apps/commerce/src/catalog/facet-order.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search facets: an attribute is shown by which nothing can be filtered',
    promise: 'search.md: values of an attribute brand are in no facet',
    file: counts,
    replace: [['    .filter(([code]) => code !== BRAND)\n', '']],
    suites: ['libs/search/src/storefront/listing/product-facets.spec.ts'],
    isQuick: true,
  },
  {
    name: 'facet settings: facets that are held do not follow a change',
    promise: 'FacetSettingsReader: what was made with it follows a change',
    file: editor,
    replace: [['        tx.invalidate(searchTags.facets(store.code));\n', '']],
    suites: [shopSpec],
  },
  {
    name: 'facet settings: a change is based on any version',
    promise: 'FacetSettingsEditor.replace: based on a version',
    file: editor,
    replace: [
      ['if (before.version !== version) throw staleVersion(before.version);', ''],
      [
        'const after = { content, version: version + 1 };',
        'const after = { content, version: before.version + 1 };',
      ],
    ],
    suites: [apiSpec],
  },
  {
    name: 'facet settings: named attributes come where their code is',
    promise: 'FacetOrder.compareCodes: in the order in which they are shown',
    file: order,
    replace: [['if (difference !== 0) return difference;', '']],
    suites: [orderSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: what is not listed comes first',
    promise: 'asListed: what is not among them behind',
    file: order,
    replace: [['?? listed.length', '?? -1']],
    suites: [orderSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: numbers are in the order of their digits',
    promise: 'byValue: numbers by unit and amount',
    file: order,
    replace: [
      ['quantityOf(value) ?? {}', '{} as Partial<NonNullable<ReturnType<typeof quantityOf>>>'],
    ],
    suites: [orderSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: the order decides which of too many values are shown',
    promise: 'attributeCounts: the most frequent, whatever the order is',
    file: counts,
    replace: [
      [
        '      : all.toSorted((one, other) => other.count - one.count).slice(0, MAX_VALUES);',
        '      : all.toSorted((one, other) => order.compareCodes(one.code, other.code)).slice(0, MAX_VALUES);',
      ],
    ],
    suites: [countsSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: hidden attributes take room from the others',
    promise: 'FacetSetting: never',
    file: counts,
    replace: [
      ['    .filter(([code]) => order.isShown(code))\n', ''],
      [
        '  return [...byCode]\n',
        '  return [...byCode]\n    .filter(([code]) => order.isShown(code))\n',
      ],
    ],
    suites: [countsSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: ranges of hidden attributes are shown',
    promise: 'FacetSetting: never',
    file: `${search}/storefront/listing/product-facets.ts`,
    replace: [['      .filter(({ code }) => order.isShown(code))\n', '']],
    suites: [countsSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: lists of values grow without end',
    promise: 'facetLimits.values: of all attributes together',
    file: breaches,
    replace: [['valueCount += values.length;', 'valueCount = values.length;']],
    suites: [breachesSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: an attribute is in two places',
    promise: 'facetBreaches: each code once',
    file: breaches,
    replace: [['    codes.add(setting.code);\n', '']],
    suites: [breachesSpec],
    isQuick: true,
  },
  {
    name: 'facet settings: they stay when their store goes',
    promise: 'SearchStoreDependant: what staff say of its search goes with the store',
    file: 'libs/search/src/authoring/rules/search-rule.repository.ts',
    replace: [["'popular_query', 'facet_settings'", "'popular_query'"]],
    suites: ['apps/authoring/src/search/facet-settings.int-spec.ts'],
  },
];
