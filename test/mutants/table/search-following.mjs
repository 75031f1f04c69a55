const search = 'libs/search/src';
const indexedStore = `${search}/storefront/following/indexed-store.ts`;
const storeSpec = `${search}/storefront/following/indexed-store.spec.ts`;
const marked = `${search}/storefront/following/marked-products.ts`;
const markedSpec = `${search}/storefront/following/marked-products.spec.ts`;
const searchIndex = `${search}/storefront/following/search-index.ts`;
const indexedStores = `${search}/storefront/following/indexed-stores.ts`;
const searchIndexSpec = `${search}/storefront/following/search-index.int-spec.ts`;
const idleCatchUp = `${search}/storefront/following/idle-catch-up.ts`;
const idleCatchUpSpec = `${search}/storefront/following/idle-catch-up.spec.ts`;
const sourceSpec = `${search}/storefront/following/catalog-index-source.spec.ts`;
const firstLoadSpec = `${search}/storefront/following/first-load.spec.ts`;
const named = `${search}/storefront/following/named-in-tags.ts`;
const namedSpec = `${search}/storefront/following/named-in-tags.spec.ts`;
const selection = `${search}/storefront/listing/selection.reader.ts`;
const readerSpec = `${search}/storefront/listing/product-list.reader.int-spec.ts`;
const appSpec = 'apps/commerce/src/catalog/search.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search: a search does not wait for what is marked',
    promise: 'IndexedStore: whoever asks after a mark waits until it is loaded',
    file: indexedStore,
    replace: [['const wanted = this.markCount;', 'const wanted = 1;']],
    suites: [storeSpec],
  },
  {
    name: 'search: a store without products cannot be loaded',
    promise: 'IndexedStore: is loaded when its store has no products yet',
    file: `${search}/model/index/store-index.ts`,
    replace: [['this.segments.length < 2 ? undefined', 'this.segments.length === 1 ? undefined']],
    suites: [storeSpec],
  },
  {
    name: 'search: a search waits for ever',
    promise: 'IndexPatience: refuses when the time is up',
    file: `${search}/storefront/following/index-patience.ts`,
    replace: [['afterAwake(waitMs,', 'afterAwake(2 ** 30,']],
    suites: [storeSpec],
  },
  {
    name: 'search: the log is not followed again after reading',
    promise:
      'IndexedStore: no part of a transaction without the rest, also when it ran into a load',
    file: indexedStore,
    replace: [
      ['      await this.ports.follow();\n      if (this.isVoid)', '      if (this.isVoid)'],
    ],
    suites: [storeSpec],
  },
  {
    name: 'search: the log is not followed after the first load',
    promise:
      'IndexedStore: nothing of a transaction that runs into the first load without the rest',
    file: indexedStore,
    replace: [['      await follow();\n', '']],
    suites: [storeSpec],
  },
  {
    name: 'search: what changes ran into takes effect as it was read',
    promise: 'IndexedStore: what is named while it is read is read again',
    file: marked,
    replace: [['if ([...group].some((id) => newer.has(id)))', 'if ([...group].length === 0)']],
    suites: [storeSpec],
  },
  {
    name: 'search: only the product itself is held back, not what was changed with it',
    promise: 'MarkedProducts: what was changed in one transaction takes effect together',
    file: marked,
    replace: [['        group = this.joined(group, own);\n', '']],
    suites: [markedSpec],
    isQuick: true,
  },
  {
    name: 'search: a first load is shown although changes ran into it',
    promise: 'IndexedStore: an index is shown when no part of it is',
    file: indexedStore,
    replace: [
      [
        'while (!(await this.refresh(index)) && !this.isVoid)',
        'while (!(await this.refresh(index)) && this.isVoid)',
      ],
    ],
    suites: [storeSpec],
  },
  {
    name: 'search: what was read takes effect although it is not known what was missed',
    promise: 'IndexedStore: when it is not known what was missed, nothing takes effect',
    file: indexedStore,
    replace: [['      if (this.isVoid) return false;\n      const settled', '      const settled']],
    suites: [storeSpec],
  },
  {
    name: 'search: marks are lost when a load fails',
    promise: 'IndexedStore: keeps what is marked when it cannot be loaded',
    file: indexedStore,
    replace: [['      this.marked.addAll(loading);\n', '']],
    suites: [storeSpec],
  },
  {
    name: 'search: any change of a store loads its products anew',
    promise: 'IndexedStore.markStore: loaded anew when they are shown in other languages',
    file: indexedStore,
    replace: [['if (traitsOf(store) !== traitsOf(this.store)) this', 'this']],
    suites: [storeSpec],
  },
  {
    name: 'search: a language that is added has no lists',
    promise: 'IndexedStore.markStore: loaded anew when they are shown in other languages',
    file: indexedStores,
    replace: [['this.stores.get(code)?.markStore();', 'this.stores.get(code);']],
    suites: [readerSpec],
  },
  {
    name: 'search: stopping waits for the load of a whole store',
    promise: 'FollowingPorts.signal: ends the load of a whole store, for shutting down',
    file: `${search}/storefront/following/load-store.ts`,
    replace: [['    signal.throwIfAborted();\n', '']],
    suites: [storeSpec],
  },
  {
    name: 'search: a row that is applied marks nothing',
    promise: 'SearchIndex: a search that comes after a row was applied sees what it tells of',
    file: indexedStores,
    replace: [['      store.mark(ids);\n', '']],
    suites: [searchIndexSpec],
  },
  {
    name: 'search: a product that comes into lists concerns no store',
    promise: 'SearchIndex: a product that comes into lists is named together with them',
    file: indexedStores,
    replace: [['(id) => isListed || store.concerns(id)', '(id) => store.concerns(id)']],
    suites: [searchIndexSpec],
  },
  {
    name: 'search: what was missed stays missed',
    promise: 'SearchIndex.cleared: loaded anew when it is not known what was missed',
    file: indexedStores,
    replace: [['for (const store of this.stores.values()) store.markVoid();', '']],
    suites: [searchIndexSpec],
  },
  {
    name: 'search: a replica is ready before its stores are loaded',
    promise: 'SearchIndex: not ready before every store has been loaded once',
    file: 'libs/search/src/storefront/following/search-index-health.ts',
    replace: [['if (isLoaded()) return Promise.resolve();', 'return Promise.resolve();']],
    suites: [searchIndexSpec],
  },
  {
    name: 'search: a change that is heard after a rest waits for a timer',
    promise: 'IdleCatchUp: what comes after a rest is loaded at once',
    file: idleCatchUp,
    replace: [['    if (waitMs <= 0) return this.beginNow();\n', '']],
    suites: [idleCatchUpSpec],
    isQuick: true,
  },
  {
    name: 'search: each of many changes is loaded at once',
    promise: 'IdleCatchUp: what comes soon after is loaded together',
    file: idleCatchUp,
    replace: [['    this.begunAtMs = this.timing.nowMs();\n', '']],
    suites: [idleCatchUpSpec],
    isQuick: true,
  },
  {
    name: 'search: a load that nobody has to wait for begins with a timer',
    promise: 'pauseOf: after none, as soon as everything that is heard in this step has been',
    file: `${search}/storefront/following/index-timing.ts`,
    replace: [['  if (ms <= 0) return timing.breathe();\n', '']],
    suites: [idleCatchUpSpec],
  },
  {
    name: 'search: what nobody asks for is never loaded',
    promise: 'SearchIndex: what is marked is loaded although nobody has asked for it',
    file: searchIndex,
    replace: [['for (const store of behind) store.catchUp();', '']],
    suites: [searchIndexSpec],
  },
  {
    name: 'search: lists stay although texts have changed',
    promise: 'searchTags: the index voids what depends on it in the step that applies a row',
    file: indexedStores,
    replace: [['voided.push(...tagsVoidedWith(store.code, ids, named.kinds));', '']],
    suites: [appSpec],
  },
  {
    name: 'search: new prices void no list',
    promise: 'searchTags.prices: what any variant of the store costs',
    file: named,
    replace: [["if (changed.has('prices')) tags", "if (changed.has('no prices')) tags"]],
    suites: [namedSpec],
  },
  {
    name: 'search: ranges of prices do not depend on the prices in between',
    promise: 'ProductFacetsReader: a price that changes no list may change a range',
    file: `${search}/storefront/listing/product-facets.reader.ts`,
    replace: [['context.tag(searchTags.prices(key.storeCode));', '']],
    suites: [appSpec],
  },
  {
    name: 'search: a list with a price filter does not depend on prices',
    promise: 'SelectionReader: names what lists depend on',
    file: selection,
    replace: [['context.tag(searchTags.prices(storeCode));', '']],
    suites: [appSpec],
  },
  {
    name: 'search: a search does not depend on texts',
    promise: 'SelectionReader: products are found by all their texts',
    file: selection,
    replace: [['context.tag(searchTags.texts(storeCode), searchTags', 'context.tag(searchTags']],
    suites: [appSpec],
  },
  {
    name: 'search: what can be had does not depend on stock',
    promise: 'SelectionReader: names what lists depend on',
    file: selection,
    replace: [
      ['if (filter.isAvailable === true) context.tag(searchTags.availability(storeCode));', ''],
      [
        'searchTags.texts(storeCode), searchTags.availability(storeCode)',
        'searchTags.texts(storeCode)',
      ],
    ],
    suites: [appSpec],
  },
  {
    name: 'search: searches take their turns all at once',
    promise: 'SearchTurns: one in each round of the event loop',
    file: `${search}/storefront/following/search-turns.ts`,
    replace: [['this.last.then(() => setImmediate())', 'setImmediate()']],
    suites: [`${search}/storefront/following/search-turns.spec.ts`],
  },
  {
    name: 'search: what is held waits for a turn to search',
    promise: 'ProductListReader: only what has to be worked out takes a turn',
    file: `${search}/storefront/listing/product-list.reader.ts`,
    replace: [['if (!isHeld) await', 'await']],
    suites: [readerSpec],
  },
  {
    name: 'search: the first load has no end',
    promise: 'FirstLoad: a replica is ready after five minutes at the latest',
    file: `${search}/storefront/following/first-load.ts`,
    replace: [['isDone || this.leftMs <= 0', 'isDone']],
    suites: [firstLoadSpec],
  },
  {
    name: 'search: a store that is never loaded is waited for',
    promise: 'FirstLoad: the time that is left bounds each store',
    file: `${search}/storefront/following/first-load.ts`,
    replace: [['Promise.race([loaded, limit.promise])', 'Promise.race([loaded])']],
    suites: [firstLoadSpec],
  },
  {
    name: 'search: a store that cannot be loaded keeps others from it',
    promise: 'FirstLoad: one that fails keeps no other from being loaded',
    file: `${search}/storefront/following/first-load.ts`,
    replace: [
      [
        '        if (isTooLarge(error)) this.tooLarge.add(code);\n        if (!signal.aborted) reportFailure(error);',
        '        throw error;',
      ],
    ],
    suites: [firstLoadSpec],
  },
  {
    name: 'search: what has changed of a product is read behind its head',
    promise: 'PublishedProductViewRepository.some: everything is asked for together',
    file: 'libs/catalog/src/storefront/published-product-view.repository.ts',
    replace: [['Promise.all([\n        this.heads(', 'Promise.all([\n        await this.heads(']],
    suites: [sourceSpec],
    isQuick: true,
  },
  {
    name: 'search: the offer of what has changed is read behind the product',
    promise: 'CatalogIndexSource.some: offers are asked for together with the products',
    file: `${search}/storefront/following/catalog-index-source.ts`,
    replace: [
      [
        '      this.products.some(store.id, ids),',
        '      await this.products.some(store.id, ids),',
      ],
    ],
    suites: [sourceSpec],
    isQuick: true,
  },
  {
    name: 'catalog: the words of products are not read together',
    promise: 'loadProductWords: statements are asked for together',
    file: 'libs/catalog/src/model/product-words.ts',
    replace: [['.map((load) => load(', '.map(async (load) => (await null) ?? load(']],
    suites: [sourceSpec],
    isQuick: true,
  },
];
