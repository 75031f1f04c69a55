const search = 'libs/search/src';
const firstLoadSpec = `${search}/storefront/following/first-load.spec.ts`;
const building = `${search}/storefront/building`;
const buildingSpec = `${building}/building-in-thread.int-spec.ts`;
const loading = `${search}/storefront/loading`;
const loadingSpec = `${loading}/loading-beside.int-spec.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search: a step of a load may hang',
    promise: 'boundedSource: each answer comes in time or fails',
    file: `${search}/storefront/following/bounded-source.ts`,
    replace: [['Promise.race([answer, limit.promise])', 'Promise.race([answer])']],
    suites: [firstLoadSpec],
  },
  {
    name: 'search: the thread of a load that failed goes on',
    promise: 'BuildingInThread: it has to be ended in any case',
    file: `${search}/storefront/following/load-store.ts`,
    replace: [['    building?.end();\n', '']],
    suites: [`${search}/storefront/following/load-store.spec.ts`],
  },
  {
    name: 'search: a thread is begun for a page of products',
    promise: 'loadStore: what is one page is made sooner than a thread for it',
    file: `${search}/storefront/following/load-store.ts`,
    replace: [['last === undefined ? inSteps : (build ?? inSteps)', 'build ?? inSteps']],
    suites: [`${search}/storefront/following/load-store.spec.ts`],
  },
  {
    name: 'search: a thread that hangs is waited for',
    promise: 'WatchedThread: rejects when the thread says nothing for too long',
    file: `${building}/watched-thread.ts`,
    replace: [["() => this.lose('it says nothing')", '() => undefined']],
    suites: [buildingSpec],
  },
  {
    name: 'search: a replica that stops waits for the thread that makes an index',
    promise: 'WatchedThread: what is under way rejects with the reason of the signal',
    file: `${building}/watched-thread.ts`,
    replace: [["    options.signal.addEventListener('abort', this.abort, { once: true });\n", '']],
    suites: [buildingSpec],
  },
  {
    name: 'search: an index that no thread can make is not made',
    promise: 'buildingBeside: when a thread was lost, in steps between requests',
    file: `${building}/building-beside.ts`,
    replace: [['        wasLost = true;\n', '']],
    suites: [buildingSpec],
  },
  {
    name: 'search: once a thread was lost, no index is made on one',
    promise: 'buildingBeside: the one after it has a thread again',
    file: `${building}/building-beside.ts`,
    replace: [['      wasLost = false;\n', '']],
    suites: [buildingSpec],
  },
  {
    name: 'search: a product is loaded by two threads',
    promise: 'PublishedProductViewRepository: at most `limit` of a range',
    file: 'libs/catalog/src/storefront/published-product-view.repository.ts',
    replace: [['sql`AND p.id <= ${upToId}`', 'sql.empty']],
    suites: ['libs/catalog/src/storefront/published-product-view.repository.int-spec.ts'],
  },
  {
    name: 'search: what comes after the last product is loaded by no thread',
    promise: 'PublishedProductViewRepository: all ids in ranges',
    file: 'libs/catalog/src/storefront/published-product-view.repository.ts',
    replace: [['return [...ranges, { afterId }];', 'return ranges;']],
    suites: ['libs/catalog/src/storefront/published-product-view.repository.int-spec.ts'],
  },
  {
    name: 'search: no replica loads on threads that read by themselves',
    promise: 'followingPorts: how many products are read where that can be done on other threads',
    file: `${search}/storefront/following/following-ports.ts`,
    replace: [
      [
        '    loadBeside,\n',
        '    loadBeside: (...asked) => loadBeside(...asked).then(() => undefined),\n',
      ],
    ],
    suites: ['test/e2e/many-products.e2e-spec.ts'],
    needsBuild: true,
  },
  {
    name: 'search: each thread of a load may take what all of them may',
    promise: 'LoadBeside: told what has been made takes',
    file: `${loading}/loading-beside.ts`,
    replace: [['admit(bytes.reduce((sum, each) => sum + each, 0))', 'admit(taken)']],
    suites: [loadingSpec],
  },
  {
    name: 'search: a load on threads that were lost is tried for ever',
    promise: 'loadingBeside: when a thread was lost, the next load is none of these',
    file: `${loading}/loading-beside.ts`,
    replace: [['        wasLost = true;\n', '']],
    suites: [loadingSpec],
  },
  {
    name: 'search: once a thread that loads was lost, there are none',
    promise: 'loadingBeside: the one after it is',
    file: `${loading}/loading-beside.ts`,
    replace: [['      wasLost = false;\n', '']],
    suites: [loadingSpec],
  },
  {
    name: 'search: a thread that loads goes on when another one has failed',
    promise: 'WatchedThread: it has to be ended in any case',
    file: `${loading}/loading-beside.ts`,
    replace: [['begun.map((thread) => thread.end())', '[]']],
    suites: [loadingSpec],
  },
  {
    name: 'search: a few products are loaded by threads',
    promise: 'PublishedProductViewRepository: undefined when there are fewer',
    file: 'libs/catalog/src/storefront/published-product-view.repository.ts',
    replace: [['    if (products < atLeast) return undefined;\n', '']],
    suites: [loadingSpec],
  },
  {
    name: 'search: prices are lost on the way to the thread',
    promise: 'flattened: the products again',
    file: `${search}/model/index/flat-products.ts`,
    replace: [['      for (const amount of amounts) flat.number(amount);\n', '']],
    suites: [`${search}/model/index/flat-products.spec.ts`],
  },
  {
    name: 'search: a text goes astray on the way to the thread',
    promise: 'FlatReader: each as what it was written as',
    file: `${search}/model/index/flat-values.ts`,
    replace: [['this.texts.push(text) - 1', 'Math.max(0, this.texts.push(text) - 2)']],
    suites: [`${search}/model/index/flat-products.spec.ts`],
    isQuick: true,
  },
  {
    name: 'search: a name is sorted as in the language before',
    promise: 'SegmentRows: the key of a name in the alphabet of each language',
    file: `${search}/model/index/segment-rows.ts`,
    replace: [[' || last.alphabet !== alphabet', '']],
    suites: [`${search}/model/index/segment-rows.spec.ts`],
    isQuick: true,
  },
  {
    name: 'search: more brands than two bytes tell apart are mixed up',
    promise: 'valueColumn: the ordinal of the value plus 1',
    file: `${search}/model/index/columns.ts`,
    replace: [['numbers.size <= MAX_UINT16', 'numbers.size <= MAX_UINT16 + 1']],
    suites: [`${search}/model/index/columns.spec.ts`],
    isQuick: true,
  },
  {
    name: 'search: a file of many brands is read as one of few',
    promise: 'putTogether: the segment again',
    file: `${search}/model/file/segment-parts.ts`,
    replace: [["parts.nextKind === 'u16' ? 'u16' : 'u32'", "'u16'"]],
    suites: [`${search}/model/file/index-file.spec.ts`],
  },
];
